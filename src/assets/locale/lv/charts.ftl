# Ko saka attēli: src/chart un src/report attēli. Nosaukumus, skaitļus un summas ievieto programma.
# Uz ass vai ailē vietas ir maz: vārdi tur ir īsi un sākas ar mazo burtu.

## Ap katru attēlu

chart-no-data = Attēlam nav datu
chart-caption-policy = Modeļa variants: { $text }
chart-caption-pot = Apropriācija: { $text }
chart-caption-draws =
    { $draws ->
        [zero] { $draws } izspēļu
        [one] { $draws } izspēle
       *[other] { $draws } izspēles
    }
chart-caption-date = Dati uz { $date }
chart-caption-source = Avots: { $text }

## Vairāku diagrammu uzraksti

chart-median = mediāna
chart-mean = vidējais
chart-median-at = mediāna { $value }
chart-percentile = { $rank }. procentile
chart-percentiles = 5.–95. procentile
chart-bands = Toņi no iekšpuses: 50, 80 un 90 % izspēļu
chart-appropriation = apropriācija
chart-appropriation-at = apropriācija { $sum }
chart-pot = apropriācija
chart-pot-at = { $pot } { $sum }
chart-share-of-draws = izspēļu īpatsvars, %
chart-beyond-all = to pārsniedz visas izspēles
chart-beyond-more-than-99 = to pārsniedz vairāk nekā 99 no 100 izspēlēm
chart-beyond-fewer-than-1 = to pārsniedz mazāk nekā 1 no 100 izspēlēm
chart-beyond = to pārsniedz { $count } no 100 izspēlēm
chart-others =
    { $count ->
        [zero] … vēl { $count } citu …
        [one] … vēl { $count } cita …
       *[other] … vēl { $count } citas …
    }
chart-none = nav
chart-more-is-better = vairāk ir labāk
chart-less-is-better = mazāk ir labāk
chart-baseline = bāzes variants
chart-due = aprēķināts, { $unit }
chart-granted = piešķirts, { $unit }
chart-lines-open = Līnijas: ko izspēļu skaits atstāj nenoteiktu (95 %)

## Vienas diagrammas uzraksti

chart-full-cost = visas izmaksas ({ $share })
chart-planned-at = plānots { $value }
chart-simulated-at = aprēķinātā mediāna { $value }
chart-observed-at = faktiski { $value }, { $date }
chart-unspent = neizlietots
chart-lacking = iztrūkums
chart-map-areas = teritorijas
chart-target-at = mērķis { $value }
chart-response-shades = Toņi: ko izspēļu skaits atstāj nenoteiktu (95 %) rādītājam un robežai
chart-bridge-in-order = šādā secībā, { $unit }
chart-bridge-reversed = apgrieztā secībā, { $unit }
chart-response-border = Vertikālā līnija un punkts: pēdējā parametra vērtība, ar kuru mērķis ir sasniegts
chart-drivers-pale = Bāli: no nulles nav atšķirams
chart-drivers-rest = neviens lielums viens pats
chart-bridge-order = Līnija ar punktu: tas pats solis, ja daļas nomaina apgrieztā secībā, no vietas, kur šis solis sākas
chart-frontier-marks = Pilni punkti: neviens variants nav labāks; gredzeni: izspēles to neizšķir; pelēki: cits visos rādītājos ir labāks; līnija savieno labākos abos redzamajos rādītājos
chart-frontier-marks-sized = { chart-frontier-marks }; lielāks punkts nozīmē vairāk: { $measure }
chart-regret-marks = Joslas: vidējā atpalicība no labākā; līnijas: līdz 90. procentilei; punkti: lielākā kādā izspēlē
chart-conditions-marks = Pelēks: viss izspēlētais; zils: robežās
chart-conditions-again = atrasts atkal
chart-queue-marks = Joslas: mediāna; līnijas: izspēļu 5.–95. procentile
chart-cost-marks = Izspēļu vidējie; līnijas: valsts piešķirtā 5.–95. procentile; procenti: valsts daļa izmaksās
chart-cost-state = valsts { $sum }
chart-cost-own = pašvaldības { $sum }
chart-chances-more = vairāk, no 100 izspēlēm →
chart-chances-less = ← mazāk, no 100 izspēlēm
chart-chances-mean = vidējā starpība, { $unit }
chart-lorenz-marks = Pārtraukta līnija: visiem vienādi; Dž: Džini koeficients, 0, ja visiem vienādi
chart-lorenz-curve = Dž { $gini }, { $name }

## Rezultātu attēlu daļas

picture-source = scenārija «{ $scenario }» aprēķins pie tā pieņēmumiem
picture-source-two = scenāriju { $before } un { $after } aprēķins pie to pieņēmumiem
picture-source-many =
    { $count ->
        [one] { $count } scenārija aprēķins pie tā pieņēmumiem
       *[other] { $count } scenāriju aprēķins pie to pieņēmumiem
    }
picture-when-ready = Punktus atver, kad tie ir gatavi, neatkarīgi no piešķirtās dotācijas (WhenReady).
picture-when-funded = Punktus atver, kad to izveidei ir piešķirta investīciju dotācija un tie ir ierīkoti (WhenFunded).
picture-pot-open = bez ierobežojuma, aprēķināto dotāciju izmaksā pilnā apmērā
picture-pot-own = sava
picture-pot-each = katram variantam sava
picture-pot-of = tāda kā variantam «{ $policy }»
picture-pot-year = { $sum } gadā
picture-pots-year = no { $least } līdz { $sum } gadā
picture-year = { $year }.
picture-years = { $first }.–{ $last }.
picture-no-years = neviena
picture-range = { " " }(80 % { -future-of }: { $range })
picture-all-programmes = Visas programmas
picture-alt = { $title }. Modeļa variants: { $policy }.
picture-alt-unit = { $title }, { $unit }. Modeļa variants: { $policy }.
picture-today = { $policy } · šodien
picture-unit-municipalities = pašvaldības
picture-unit-points = punkti

## Aiļu virsraksti

picture-column-municipality = Pašvaldība
picture-column-median = Mediāna
picture-column-year = Gads
picture-column-end-of = Gada beigās
picture-column-planned = Plānots
picture-column-appropriation = Apropriācija
picture-column-short = Nepietiek
picture-column-above = Virs
picture-column-up-to = Līdz
picture-column-draws = Izspēles
picture-column-part = Daļa
picture-column-mean-of = { $unit }, vidējais
picture-column-policy = Modeļa variants
picture-column-per-point = { $unit } uz vienu atvērtu punktu
picture-column-per-head = { $unit } uz iedzīvotāju
picture-column-step = Solis
picture-column-in-order = Šādā secībā
picture-column-reversed = Apgrieztā secībā
picture-column-mean-of-both = Abu vidējais
picture-column-difference = Vidējā starpība

## Pašvaldībām piešķirtais

picture-awards-title = Pašvaldībām { $year }. gadā piešķirtā dotācija
picture-awards-subtitle = Visas programmas; izspēļu mediāna un 5.–95. procentile
picture-ranking-none = Nevienai pašvaldībai nav skaitļa.
picture-ranking-one = Tikai { $only }.
picture-ranking = No lielākā līdz mazākajam: { $first } … { $last } (mediānas).
picture-coverage-title = Kādu daļu tās attiecināmo izmaksu katrai pašvaldībai piešķir { $year }. gadā
picture-coverage-subtitle = Visu programmu piešķirtā dotācija pret attiecināmajām izmaksām; izspēļu mediāna un 5.–95. procentile
picture-coverage-note = Izspēlēm bez izmaksām īpatsvara nav. Nepiešķirtais ir pašvaldības daļa izmaksās.
picture-coverage-left-out =
    { $count ->
        [zero] Nav parādītas { $count } pašvaldību: punkti tajās vidēji atvērti mazāk nekā 5 % laika.
        [one] Nav parādīta { $count } pašvaldība: punkti tajā vidēji atvērti mazāk nekā 5 % laika.
       *[other] Nav parādītas { $count } pašvaldības: punkti tajās vidēji atvērti mazāk nekā 5 % laika.
    }
picture-map-title = Cik dotācijas piešķir vienam atvērtam punktam { $year }. gadā
picture-map-subtitle = { $unit } uz vienu visu gadu atvērtu punktu: visu programmu vidējā piešķirtā dotācija pret vidējo atvērto punktu skaitu
picture-map-note = Svītrots: punkti atvērti reti (vidēji mazāk nekā 5 % laika) vai nekad.
picture-map-hatched = reti vai nekad
picture-map-ends = Visvairāk { $high } ({ $most }), vismazāk { $low } ({ $least })
picture-map-only = { $high } ({ $most })
picture-map-head-title = Cik dotācijas piešķir uz vienu iedzīvotāju { $year }. gadā
picture-map-head-subtitle = { $unit } uz vienu iedzīvotāju: visu programmu vidējā piešķirtā dotācija pret pašvaldības iedzīvotāju skaitu
picture-map-head-note = Dotācija ir atkarīga no punktiem un to izmaksām: kur iedzīvotāju maz, katrs punkts uz iedzīvotāju maksā vairāk.
picture-map-more-title = Kur saņem vairāk: skaits no 100 izspēlēm
picture-map-more-subtitle = «{ $after }» varianta «{ $before }» vietā ar to pašu apropriāciju, visas programmas, { $years } gads kopā: izspēles, kurās pašvaldība saņem vairāk
picture-map-more-note = Pārējās izspēlēs pašvaldība saņem mazāk vai tikpat; par cik, šeit nav teikts.
picture-map-alt-all =
    { $areas ->
        [zero] { $areas } teritoriju karte.
        [one] { $areas } teritorijas karte.
       *[other] { $areas } teritoriju karte.
    } { $title }. Modeļa variants: { $policy }. { $ends }.
picture-map-alt =
    { $areas ->
        [zero] { $areas } teritoriju karte.
        [one] { $areas } teritorijas karte.
       *[other] { $areas } teritoriju karte.
    } { $title }. Modeļa variants: { $policy }. { $ends }; teritorijas, kurās punkti atvērti reti vai nekad: { $without }.

## Apropriācijas

picture-fan-no-pot = { $programme }: aprēķināto dotāciju apropriācija neierobežo
picture-fan-holds = { $programme }: apropriācijas pietiek visās izspēlēs
picture-fan-all-short = { $programme }: apropriācijas nepietiek visās izspēlēs katru gadu
picture-fan-short = { $programme }: { $year }. gadā apropriācijas nepietiek { $chance }
picture-fan-some-short = { $programme }: { $year }. gadā kādas programmas apropriācijas nepietiek { $chance }
picture-fan-subtitle = Visām pašvaldībām aprēķinātā dotācija pa gadiem, faktiskajās cenās
picture-fan-year = { $year }. gadā aprēķināts { $median }{ $range }, { $against }.
picture-no-pot = apropriācijas ierobežojuma nav
picture-against = apropriācija { $sum }, nepietiek { $chance } izspēļu
picture-available-pot = pieejams
picture-available-mean = pieejams ar pārnesto (vidējais)
picture-available = { $year }. gadā pēc centralizēti izlietojamās daļas un pārnestā atlikuma pieejams { $sum } (vidēji).
picture-not-moved = Starp programmām līdzekļus nepārdala: kādai var nepietikt, lai gan kopsumma ir pietiekama.
picture-histogram-no-pot = { $programme }, { $year }. gads: aprēķinātā dotācija
picture-histogram-holds = { $programme }, { $year }. gads: apropriācijas pietiek visās izspēlēs
picture-histogram-short = { $programme }, { $year }. gads: apropriācijas nepietiek { $chance }
picture-histogram-some-short = { $programme }, { $year }. gads: kādas programmas apropriācijas nepietiek { $chance }
picture-histogram-subtitle = Izspēles pēc visām pašvaldībām { $year }. gadā aprēķinātās dotācijas kopsummas
picture-histogram-alt = { $title }. Modeļa variants: { $policy }. { $year }. gadā aprēķinātās dotācijas mediāna { $median }{ $range }. Apropriācija: { $pot }.
picture-waterfall-title = No { $years } gada apropriācijas neizlietoti paliek { $share }
picture-waterfall-subtitle = Visas programmas un gadi kopā, izspēļu vidējie, faktiskajās cenās
picture-waterfall-alt = { $title }. Modeļa variants: { $policy }. Izspēļu vidējie: { $parts }.
picture-top-slice = centralizēti izlietojamā daļa
picture-commitments-title = { $programme }: { $year }. gada punktiem turpmāk vajadzīgi { $sum } gadā
picture-commitments-subtitle = Turpmāko gadu saistības par punktiem, kas ir katra gada beigās, faktiskajās cenās
picture-commitments-note = Gadā aprēķinātā dotācija pēc attiecīgā gada likmēm un cenām, kad ir atvērti visi punkti, kas gada beigās ir atvērti vai finansēti: novērtējums pēc izmaksām.
picture-commitments-year = { $year }. gadā { $median }{ $range }.

## Punkti

picture-rollout-title =
    { $year }. gada beigās { $planned ->
        [zero] plānoti { $planned } punktu
        [one] plānots { $planned } punkts
       *[other] plānoti { $planned } punkti
    }, atvērto punktu mediāna { $median }
picture-rollout-subtitle = Atvērtie pakalpojumu punkti: plānotie un aprēķinātie gadu beigās un skaitīšanas dienās
picture-rollout-every-policy = visos variantos vienādi
picture-rollout-year = { $year }. gada beigās plānots { $planned }, mediāna { $median }{ $range }.
picture-rollout-seen = Faktiski { $date }: { $count }.

## Modeļa varianti līdzās

picture-compare-title = Ko katrs modeļa variants maksā, sedz un sasniedz
picture-compare-subtitle = To pašu izspēļu mediāna (punkts) un 5.–95. procentile (josla)
picture-compare-note = Katram variantam sava apropriācija, ja vien nav norādīta viena un tā pati.
picture-compare-alt = Modeļa varianti līdzās.
picture-measure-awards = Pašvaldībām piešķirtā dotācija { $years } gadā
picture-measure-coverage-of = Attiecināmo izmaksu segums { $year }. gadā
picture-measure-short = Varbūtība, ka kādā gadā kādai programmai nepietiek
picture-measure-more = Nepārprotami vairāk ar to pašu apropriāciju
picture-measure-less = Nepārprotami mazāk ar to pašu apropriāciju
picture-measure-access = Iedzīvotāji 10 km attālumā { $year }. gadā
picture-measure-points = Atvērtie punkti { $year }. gada beigās
picture-measure-award = Piešķirts
picture-measure-due = Aprēķināts pēc likmēm
picture-measure-coverage = Attiecināmo izmaksu segums
picture-measure-unspent = Neizlietots
picture-side-by-side = Līdzās: piešķirts, aprēķināts, segts, neizlietots
picture-side-by-side-same = Nekas nemainās: katrs skaitlis visās izspēlēs ir tas pats
picture-side-by-side-subtitle = { $years } gads; izspēļu vidējais (punkts) un 5.–95. procentile (josla), visiem tās pašas izspēles
picture-side-by-side-note = Intervāli pārklājas, jo visiem ir tās pašas nākotnes; atšķirības noteiktas katrā izspēlē atsevišķi.
picture-receivers = Kuras pašvaldības saņem vairāk vai mazāk
picture-receivers-nobody = Neviena pašvaldība nesaņem ne vairāk, ne mazāk
picture-receivers-subtitle = «{ $after }» varianta «{ $before }» vietā; { $view }, visas programmas, { $years } gads. Vidējā starpība un izspēļu 5.–95. procentile: pa labi no nulles vairāk, pa kreisi mazāk
picture-receivers-all-zero = Katra starpība visās izspēlēs ir 0.
picture-receivers-left-out =
    { $count ->
        [zero] Nav parādītas { $count } pašvaldību: tām nevienā izspēlē nekas nemainās.
        [one] Nav parādīta { $count } pašvaldība: tai nevienā izspēlē nekas nemainās.
       *[other] Nav parādītas { $count } pašvaldības: tām nevienā izspēlē nekas nemainās.
    }
picture-receivers-ends = No { $least } līdz { $most } (vidējie).
picture-groups = Kuras grupas saņem vairāk vai mazāk
picture-groups-nobody = Neviena grupa nesaņem ne vairāk, ne mazāk
picture-groups-note = Katra iedalījuma grupas kopā veido valsti, ja katra pašvaldība ir kādā grupā.
picture-group-nation = Valsts
picture-group-region = Reģions: { $name }
picture-group-tier = Līmenis: { $name }
picture-group-smallest = Lielums: mazākā trešdaļa
picture-group-middle = Lielums: vidējā trešdaļa
picture-group-largest = Lielums: lielākā trešdaļa
picture-view-legal = aprēķinātā dotācija pēc likmēm
picture-view-same = piešķirtā dotācija ar pirmā varianta apropriāciju
picture-view-own = piešķirtā dotācija, katram variantam sava apropriācija
picture-bridge-award = Kas maina valstī piešķirto dotāciju
picture-bridge-award-same = Piešķirto dotāciju nekas nemaina
picture-bridge-due = Kas maina pēc likmēm aprēķināto dotāciju
picture-bridge-due-same = Pēc likmēm aprēķināto dotāciju nekas nemaina
picture-bridge-subtitle = Visas programmas, { $years } gads; izspēļu vidējie, kas saskan līdz centam
picture-bridge-alt = { $title }: no { $before }, { $start }, uz { $after }, { $end }. { $steps }.
picture-bridge-other-municipalities = Pašvaldības abos scenārijos nav vienas un tās pašas: tā radītā starpība ir daļa no kāda soļa.
picture-bridge-one-step = Viens solis: { $parts }, jo starp tiem scenārija nav.

## Atbildes par regulējamiem parametriem un nenoteiktiem lielumiem

picture-frontier-title =
    { $best ->
        [one] { $best } variants
       *[other] { $best } varianti
    }, par ko neviens nav labāks, no { $all ->
        [one] { $all } varianta
       *[other] { $all } variantiem
    }
picture-frontier-policies = Modeļa varianti, kādi tie ir, tajās pašās izspēlēs
picture-frontier-levers = Modeļa varianti ar dažādām vērtībām ({ $levers }), tajās pašās izspēlēs
picture-frontier-note = Nozīme ir arī rādītājiem, kas nav parādīti
picture-regret-one = Vidēji vismazāk no labākā atpaliek { $best }
picture-regret-several = Vairāki varianti no labākā vidēji atpaliek vienlīdz maz
picture-regret-subtitle = Par cik katrs variants atpaliek no katras izspēles labākā: { $measure } ({ $better })
picture-regret-subtitle-worst =
    { $count ->
        [one] Par cik katrs variants atpaliek no katras izspēles labākā: { $measure } ({ $better }), sliktākajā no { $count } pieņēmuma
       *[other] Par cik katrs variants atpaliek no katras izspēles labākā: { $measure } ({ $better }), sliktākajā no { $count } pieņēmumiem
    }
picture-drivers-title = Kas nosaka: { $figure }
picture-drivers-alone = Dispersijas daļa, ko nenoteikts lielums izskaidro viens pats; līnijas ir 95 % intervāli
picture-drivers-total = Dispersijas daļa, kurā nenoteikts lielums piedalās (gaišā) un ko tas izskaidro viens pats (tumšā); līnijas ir 95 % intervāli
picture-drivers-elementary = Vidējais ietekmes lielums, nenoteikto lielumu mainot visās tā robežās, μ*; līnijas ir 95 % intervāli
picture-drivers-sobol =
    { $count ->
        [zero] Soboļa plāna { $count } pamatrindu.
        [one] Soboļa plāna { $count } pamatrinda.
       *[other] Soboļa plāna { $count } pamatrindas.
    }
picture-drivers-morris =
    { $count ->
        [zero] Morisa plāna { $count } trajektoriju.
        [one] Morisa plāna { $count } trajektorija.
       *[other] Morisa plāna { $count } trajektorijas.
    }
picture-drivers-left-out =
    { $count ->
        [zero] Nav parādīti vēl { $count } lielumu.
        [one] Nav parādīts vēl { $count } lielums.
       *[other] Nav parādīti vēl { $count } lielumi.
    }
picture-drivers-programmes = visas programmas
picture-drivers-years = visi gadi
picture-drivers-year = { $year }. gads
picture-levers-title = Cik maksā nedaudz vairāk no katra
picture-levers-subtitle = { $unit }: par cik mainās aprēķinātā un piešķirtā dotācija salīdzinājumā ar pašreizējo, visi gadi kopā
picture-levers-note = Katra izmaiņa tajās pašās izspēlēs; ja apropriācijas nepietiek, tās nesummējas. Nav parādīts tas, kas programmā neko nemaina
picture-levers-pay = atlīdzība
picture-levers-delay = kavējums
picture-levers-month =
    { $months ->
        [zero] +{ $months } mēnešu
        [one] +{ $months } mēnesis
       *[other] +{ $months } mēneši
    }
picture-solve-up-to = sasniegts līdz { $value }
picture-solve-from = sasniegts no { $value }
picture-solve-appropriation = apropriācija programmai { $programme }, visi gadi kopā
picture-solve-subtitle = Vērtības pa asi ({ $lever }), visas tajās pašās izspēlēs
picture-discovery-title = Kad { $what }
picture-discovery-subtitle = Šajās robežās tas notiek { $density } izspēļu, kopumā { $share }; šeit ir { $coverage } visu gadījumu
picture-discovery-note =
    { $halves ->
        [one] Atrasts atkal: cik no { $halves } izspēļu puses tikpat plašas robežas ierobežo arī šo lielumu
       *[other] Atrasts atkal: cik no { $halves } izspēļu pusēm tikpat plašas robežas ierobežo arī šo lielumu
    }
picture-discovery-again = { $found } no { $halves }
picture-discovery-years = gadu vidējais
picture-discovery-municipalities = pašvaldību vidējais
picture-discovery-both = pašvaldību un gadu vidējais
picture-discovery-points = punktu vidējais
picture-discovery-points-years = punktu un gadu vidējais
picture-paths-title =
    { $count ->
        [one] Cik piešķir { $count } pretendentam
       *[other] Cik piešķir katram no { $count } pretendentiem
    }
picture-paths-subtitle = { $rules }: piešķirtais pirms noapaļošanas, apropriācijai pieaugot līdz aprēķinātajai kopsummai
picture-paths-some =
    { $count ->
        [one] Parādīti { $shown } no { $count } pretendenta, ar vienādu soli pēc aprēķinātās summas lieluma
       *[other] Parādīti { $shown } no { $count } pretendentiem, ar vienādu soli pēc aprēķinātās summas lieluma
    }

## Kā veidojas piešķirtā dotācija

picture-build-up-no-rule = { $municipality }: variantā nav aprēķina kārtības programmai { $programme }
picture-build-up-nothing = { $municipality }: programmā { $programme } { $year }. gadā dotācija nav aprēķināta
picture-build-up-all = { $municipality }: piešķirts { $award }, viss aprēķinātais
picture-build-up-part = { $municipality }: piešķirts { $award } no aprēķinātajiem { $due }
picture-build-up-subtitle = { $municipality } ({ $code }), { $programme }, { $year }. gads: no aprēķina lapas līdz piešķirtajai dotācijai
picture-build-up-pot = pieejams { $available }, visiem aprēķināts { $due }
picture-build-up-central = Centrālā izspēle: katrs lielums ir tā mediāna.
picture-build-up-draw = { $draw }. izspēle no { $draws }, skaitot no 0.
picture-build-up-units = Aprēķināto noapaļo pirms apropriācijas sadales; daļas ir veselas vienības pa { $unit }.
picture-step-cents = veselos centos
picture-step-guarantees =
    { $count ->
        [one] apmēra garantija { $names }
       *[other] apmēra garantijas { $names }
    }
picture-step-more-lines = pārējās rindas
picture-step-worksheet = zem nulles neko neaprēķina
picture-step-cost = ne vairāk par attiecināmajām izmaksām
picture-step-limit = ne vairāk par robežu
picture-step-rounding = noapaļots līdz { $unit }
picture-step-due = aprēķināts
picture-step-rationing = apropriācijas nepietiek: { $rule }
picture-step-award = piešķirts

## Ārpus lapas

picture-queue-title =
    { $year }. gadā rindā uz investīciju dotāciju ir visvairāk punktu: { $count }
picture-queue-subtitle = Punkti, kuru izveidei attiecīgajā gadā dotācija ir prasīta, bet nav piešķirta
picture-cost-title = { $year }. gadā valsts piešķir { $share } no attiecināmajām izmaksām
picture-cost-subtitle = Programmu attiecināmās izmaksas pēc to sedzēja, faktiskajās cenās
picture-cost-note = Ja piešķirts vairāk par izmaksām, pašvaldību daļa ir zem nulles.
picture-cost-year = { $year }. gadā valsts { $state }, pašvaldības { $own }
picture-column-state = Valsts, { $unit }
picture-column-own = Pašvaldības, { $unit }
picture-more-or-less-subtitle = «{ $after }» varianta «{ $before }» vietā ar to pašu apropriāciju, visas programmas, { $years } gads kopā
picture-more-or-less-note = Vairāk vai mazāk: par vairāk nekā { $sum } vai { $percent } no bāzes variantā piešķirtās dotācijas, ņemot lielāko no abiem.
picture-more-or-less-row = { $name }: vairāk { $more } un mazāk { $less } izspēļu
picture-column-more = Vairāk
picture-column-less = Mazāk
picture-heat-title = Piešķirtā dotācija pa pašvaldībām un gadiem
picture-heat-subtitle = Visas programmas; izspēļu mediānas, faktiskajās cenās; secība pēc pēdējā gada
picture-load-title = Gadījumi darba dienā vienā atvērtā punktā pa līmeņiem { $year }. gadā
picture-load-subtitle =
    { $days ->
        [one] Visos līmeņa punktos apkalpotie gadījumi pret vidējo atvērto punktu skaitu un { $days } darba dienu
       *[other] Visos līmeņa punktos apkalpotie gadījumi pret vidējo atvērto punktu skaitu un { $days } darba dienām
    }
picture-load-note = Vidēji uz punktu: atsevišķos punktos gadījumu ir vairāk vai mazāk.
picture-unit-cases-a-day = gadījumi dienā
picture-column-tier = Līmenis
picture-lorenz-title = Cik vienmērīgi finansēti atvērtie punkti { $year }. gadā
picture-lorenz-subtitle = Visu programmu vidējā piešķirtā dotācija pret vidējo atvērto punktu skaitu pa pašvaldībām; visi vienas pašvaldības punkti ir vienādi
picture-lorenz-across = punkti, % (vispirms to pašvaldību punkti, kurām uz punktu piešķirts vismazāk)
picture-lorenz-up = piešķirtā dotācija, %
picture-lorenz-alt = { $title }. Džini koeficienti: { $told }.
picture-column-gini = Džini koeficients
