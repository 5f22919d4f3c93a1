# Ko terminālis saka aprēķina beigās. Ailes ir šauras: vārdi tur ir īsi.

terminal-draws =
    { $count ->
        [zero] { $count } izspēļu, sākuma skaitlis { $seed }
        [one] { $count } izspēle, sākuma skaitlis { $seed }
       *[other] { $count } izspēles, sākuma skaitlis { $seed }
    }
terminal-points =
    { $count ->
        [zero] { $count } punktu
        [one] { $count } punkts
       *[other] { $count } punkti
    }
terminal-when-funded = punktus atver, kad piešķirts finansējums
terminal-when-ready = punktus atver, kad tie gatavi, lai ko piešķirtu
terminal-paragraph = { $subject }: { $text }
terminal-years = Pa gadiem: { $policy } (mediāna, 80 % izspēļu)
terminal-policies = Modeļa varianti, { $years }
terminal-policies-against = Modeļa varianti, { $years } (vairāk, mazāk, nav nosakāms: ar { $baseline } apropriāciju)
terminal-pots = Apropriācijas iztrūkums vienā gadā: { $policy } (gads ar lielāko iztrūkumu)
terminal-guarantees = Ko apmēra garantijas dod un ņem, { $years }: { $policy } (izspēļu vidējie)
terminal-brackets = { "[ ]" } pie varbūtības: robežas, kuras atstāj šāds izspēļu skaits (95 %)
terminal-unmet = iztrūkums: cik 90, 95 vai 99 % izspēļu pietrūkst līdz aprēķinātajam pie tīkla, ko pieļauj šī apropriācija. Punktus atver, kad piešķirts finansējums: ar lielāku finansējumu tiktu atvērts vairāk punktu, kas arī piesakās, un tie, kas gaida, piesakās katru gadu no jauna; tāpēc ar šo summu nepietiktu.
terminal-observed = Faktiskais un aprēķinātais
terminal-warning = warning[{ $code }] (angļu valodā): { $text }
terminal-waived =
    { $count ->
        [zero] { $count } brīdinājumu atstāti spēkā (pamatojums – report.html)
        [one] { $count } brīdinājums atstāts spēkā (pamatojums – report.html)
       *[other] { $count } brīdinājumi atstāti spēkā (pamatojums – report.html)
    }
terminal-written = Rezultātu mape: { $folder }
terminal-file-report = viss vienā lapā, ko atvērt vai nosūtīt
terminal-file-workbook = visas tabulas un mediānas gadījums ar formulām, kas mainās līdzi
terminal-file-budget = katra programma un gads: iztrūkuma varbūtība, papildus nepieciešamais
terminal-file-reconciliation = katra apropriācija pa rindām, līdz centam
terminal-file-commitments = katrs gads: izmaksātais un turpmāko gadu saistības
terminal-file-verdicts = kas saņem vairāk vai mazāk nekā bāzes variantā
terminal-file-guarantees = katra apmēra garantija: izmaksas, kas iegūst un kas sedz
terminal-file-awards = katra pašvaldība: aprēķināts, piešķirts, pašvaldības daļa
terminal-file-outcomes = valsts, reģioni un līmeņi: punkti, noslodze, izmaksas, segums
terminal-file-network = katra pašvaldība: punkti pa līmeņiem, noslodze, slodzes
terminal-file-draws = ko katra izspēle dod katrai pašvaldībai
terminal-column-year = gads
terminal-column-planned = plānots
terminal-column-open = atvērts
terminal-column-80 = 80 %
terminal-column-90 = 90 %
terminal-column-95 = 95 %
terminal-column-99 = 99 %
terminal-column-paid = piešķirts, { $currency }
terminal-column-of-cost = segums
terminal-column-within = līdz 10 km
terminal-column-policy = variants
terminal-column-more = vairāk
terminal-column-less = mazāk
terminal-column-undecided = nenosak.
terminal-column-short = iztrūkst
terminal-column-unmet-95 = iztrūk. 95 %
terminal-column-programme = programma
terminal-column-appropriation = apropriācija
terminal-column-shortfall = varbūtība
terminal-column-unmet-90 = iztrūk. 90 %
terminal-column-guarantee = garantija
terminal-column-gained = iegūts, { $currency }
terminal-column-given-up = atdots
terminal-column-more-paid = kopā vairāk
terminal-column-gain = iegūst
terminal-column-give-up = atdod
terminal-column-what = kas
terminal-column-when = kad
terminal-column-seen = faktiski
terminal-column-simulated = aprēķināts
terminal-column-below = zem tā
terminal-all = visas
terminal-every-policy = visi
terminal-inside = robežās
terminal-outside = ĀRPUS
terminal-not-simulated = nav aprēķināts
