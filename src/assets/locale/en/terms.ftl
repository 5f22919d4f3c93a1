# Words that several texts share. What each means: docs/glossary.md.

-future-of = of the futures
