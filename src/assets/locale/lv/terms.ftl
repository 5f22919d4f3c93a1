# Vārdi, kas kopīgi vairākiem tekstiem. Ko katrs nozīmē: docs/glossary.md.

-future-of = izspēļu
