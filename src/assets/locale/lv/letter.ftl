# Vēstule pašvaldībai.

letter-title = { $name } ({ $code }): dotācija pakalpojumu punktiem { $year }. gadā
letter-about = Šī lapa ir aprēķināta no scenārija «{ $scenario }», katru nenoteikto lielumu ņemot tā mediānā: tā ir spēkā pie šī scenārija pieņēmumiem un neko neizlemj. Variantā «{ $policy }» pašvaldībā { $year }. gadā vidēji atvērti pakalpojumu punkti: { $points }.
letter-about-inhabitants = Šī lapa ir aprēķināta no scenārija «{ $scenario }», katru nenoteikto lielumu ņemot tā mediānā: tā ir spēkā pie šī scenārija pieņēmumiem un neko neizlemj. Variantā «{ $policy }» pašvaldībā { $year }. gadā vidēji atvērti pakalpojumu punkti: { $points }; iedzīvotāju skaits: { $people }.
letter-awards = Piešķirtā dotācija un pašvaldības daļa izmaksās katrā modeļa variantā
letter-sums = Summas { $currency }, { $year }. gada cenās. «Aprēķināts» ir dotācijas apmērs pēc varianta formulas, ievērojot robežas un apmēra garantijas, noapaļots; «piešķirts» – cik no tā sedz apropriācija; «pašvaldības daļa» – attiecināmās izmaksas, no kurām atskaitīta piešķirtā dotācija. Par spēkā esošo kārtību pieņemts variants «{ $policy }».
letter-range = 90 izspēlēs no 100 piešķirtā dotācija ir pēdējās ailes robežās; pārējās ailes ir tā gadījuma skaitļi, kurā katrs nenoteiktais lielums ir tā mediānā.
letter-outside = Šajā gadījumā piešķirtā dotācija ir ārpus savām robežām šeit: { $rows }. Tikai nedaudzās izspēlēs tā ir tik liela vai tik maza kā gadījumā, kurā katrs lielums ir tā mediānā: ja vairumā izspēļu apropriācijas nepietiek vai ir sasniegta robeža, šis gadījums nav vidējais.
letter-column-policy = modeļa variants, programma
letter-column-due = aprēķināts
letter-column-award = piešķirts
letter-column-per-point = uz vienu atvērto punktu
letter-column-own-share = pašvaldības daļa
letter-column-of-cost = no attiecināmajām izmaksām
letter-column-own-per-head = pašvaldības daļa uz iedzīvotāju
letter-column-range = piešķirts, 5.–95. procentile
letter-row = { $policy }, { $programme }
letter-row-now = { $policy } (spēkā esošā), { $programme }
letter-all-programmes = visas programmas
letter-comes-about = Kā variantā «{ $policy }» rodas aprēķinātais dotācijas apmērs
letter-due-line = aprēķināts: { $sum }, pēc attiecināmo izmaksu, robežu, garantiju un noapaļošanas ievērošanas
letter-neighbours = Līdzīga lieluma pašvaldības
letter-column-municipality = pašvaldība
letter-column-inhabitants = iedzīvotāji
letter-column-points = atvērtie punkti
letter-column-award-per-head = piešķirts uz iedzīvotāju
letter-this = { $name } (šī vēstule)
letter-neighbours-sums = Summas { $currency }, { $year }. gada cenās, visas programmas kopā, variantā «{ $policy }».
letter-nearest = Pārējās ({ $count }) ir tuvākās pēc iedzīvotāju skaita.
letter-nearest-tier = Pārējās ({ $count }) ir tuvākās pēc iedzīvotāju skaita starp tām, kuru centrs arī ir līmenī { $tier }.
letter-nearest-region = Pārējās ({ $count }) ir tuvākās pēc iedzīvotāju skaita starp tām (reģions: { $region }), kuru centrs arī ir līmenī { $tier }.
letter-pots = Kas vēl saņem no tās pašas apropriācijas
letter-pot-open = { $programme }: apropriācija nav ierobežota; aprēķināto izmaksā visām pašvaldībām, kurām tas ir (skaits: { $count }), kopā { $sum }.
letter-pot =
    { $programme }: pieejami { $available }, aprēķināti { $due } { $count ->
        [one] { $count } pašvaldībai
       *[other] { $count } pašvaldībām
    }; piešķirti { $awarded }.
letter-pot-nothing = Šai pašvaldībai nav aprēķināts nekas.
letter-pot-own = Šīs pašvaldības daļa ir { $due } no aprēķinātā un { $award } no piešķirtā.
letter-pot-largest = Bez tās visvairāk aprēķināts: { $names }; iekavās tām piešķirtais.
letter-cases = Ja punktus atver vēlāk vai neatver
letter-cases-none = To nevar mainīt: visi pašvaldības punkti jau ir atvērti vai tiem nav plānota atvēršana.
letter-column-cases = variantā «{ $policy }», visas programmas
letter-column-award-year = piešķirts { $year }. gadā
letter-column-award-years = piešķirts { $first }.–{ $last }. gadā
letter-column-difference = starpība
letter-column-others = visas pārējās, { $year }.
letter-as-planned = kā plānots
letter-a-year-later =
    { $count ->
        [zero] { $count } plānotu punktu gadu vēlāk
        [one] { $count } plānots punkts gadu vēlāk
       *[other] { $count } plānoti punkti gadu vēlāk
    }
letter-never =
    { $count ->
        [zero] { $count } plānotu punktu neatver
        [one] { $count } plānotu punktu neatver
       *[other] { $count } plānotus punktus neatver
    }
letter-cases-remark = Katra rinda ir viss scenārijs, aprēķināts no jauna ar šo punktu citādu atvēršanu; jau atvērtie punkti paliek, kādi ir. Pēdējā aile rāda, par cik vairāk vai mazāk kopā piešķir visām pārējām pašvaldībām.
letter-cases-same = Gadu vēlāk ir tas pats, kas neatvērt: šiem punktiem tad finansējumu nepiešķir, pašvaldība nepiedalās vai tos atver pēc pēdējā gada.
