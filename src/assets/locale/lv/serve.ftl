# «dotacija serve» lapas (docs/guide/serving.md).

## Scenāriju un aprēķinu saraksts

serve-kicker = Dotāciju kārtības, aprēķinātas pie norādītiem pieņēmumiem
serve-home = Scenāriji un aprēķini
serve-home-says = Atveriet scenāriju, lai mainītu tā rādītājus, vai atzīmējiet līdz četriem modeļa variantiem, lai tos salīdzinātu vienās un tajās pašās izspēlēs.
serve-scenarios = Scenāriji
serve-runs = Pabeigtie aprēķini
serve-nothing = Šajā mapē nav ne scenāriju, ne pabeigtu aprēķinu.
serve-what-if = Mainīt rādītājus
serve-side-by-side = Rādīt līdzās
serve-pick = Modeļa varianti, ko rādīt līdzās
serve-no-policies = Tam nav modeļa variantu, tāpēc nav ko rādīt līdzās; tā rezultātus parāda «dotacija run».
serve-told = Ko par to saka «dotacija check» (angliski)
serve-drawn =
    { $draws ->
        [zero] { $draws } izspēļu
        [one] { $draws } izspēle
       *[other] { $draws } izspēles
    }
serve-one-year = { $year }. gads
serve-span = { $first }.–{ $last }. gads

## Rādītāji

serve-levers = Maināmie rādītāji un apropriācijas
serve-levers-say = Katrs ir tāds, kāds scenārijā. Mainot kādu no tiem, tās pašas nākotnes tiek aprēķinātas no jauna.
serve-no-levers = Parādīti vairāki scenāriji vai aprēķini, tāpēc rādītājus šeit mainīt nevar: atveriet vienu no tiem.
serve-apply = Aprēķināt
serve-reset = Atpakaļ pie scenārija
serve-pot = Apropriācija: { $programme }
serve-of-today = % no scenārija summas, katrā gadā vienādi; 100 % ir { $sum } visos gados kopā
serve-idle = Nemaina nevienu no redzamajiem rezultātiem: nevienā to formulā tā nav.
serve-between = no { $low } līdz { $high } { $unit }
serve-more-draws = Vairāk izspēļu
serve-cancel = Apturēt
serve-working = Notiek aprēķins …
serve-stopped = Apturēts. Parādīts pēdējais pabeigtais aprēķins.
serve-lost = Programma neatbild. Vai tā vēl darbojas?
serve-busy = Tiek apstrādāti daudzi pieprasījumi; šis pēc brīža tiks atkārtots.

## Kas ir aprēķināts

serve-figures = Līdzās
serve-figures-say = Izspēļu mediānas; zem tām – robežas, kurās ir 90 % izspēļu (5.–95. procentile), bet varbūtībai kvadrātiekavās – robežas, kuras atstāj šāds izspēļu skaits (95 %). Katrs variants ar savu apropriāciju, ja nav teikts citādi.
serve-figure = Rezultāts
serve-baseline = bāzes variants
serve-range = no { $low } līdz { $high }
serve-planned =
    { $planned ->
        [zero] plānoti { $planned }
        [one] plānots { $planned }
       *[other] plānoti { $planned }
    }
serve-points-open = Atvērtie punkti { $year }. gada beigās
serve-awards = Pašvaldībām piešķirtā dotācija, visi gadi
serve-cost = Attiecināmās izmaksas { $year }. gadā
serve-coverage = Piešķirtā dotācija pret attiecināmajām izmaksām { $year }. gadā
serve-short = Cik bieži kādai programmai kādā gadā apropriācijas nepietiek
serve-reserve = Papildus nepieciešamā apropriācija, lai pietiktu { $share } izspēļu, visi gadi
serve-unmet = Iztrūkums pie tīkla, ko pieļauj šīs apropriācijas ({ $share } izspēļu), visi gadi; ar lielāku finansējumu tiktu atvērts vairāk punktu, tāpēc ar šo summu nepietiktu
serve-near = Iedzīvotāji ne tālāk kā 10 km no atvērta punkta { $year }. gadā
serve-count-more = Pašvaldības, kas ar bāzes varianta apropriāciju saņem nepārprotami vairāk nekā tajā
serve-count-less = Pašvaldības, kas ar bāzes varianta apropriāciju saņem nepārprotami mazāk nekā tajā
serve-receives = Kas saņem vairāk vai mazāk
serve-receives-same = «{ $label }» pret «{ $against }», abi ar varianta «{ $against }» apropriāciju; visas programmas un gadi
serve-receives-own = «{ $label }» pret «{ $against }», katrs ar savu apropriāciju; visas programmas un gadi
serve-municipality = Pašvaldība
serve-difference = Vidējā starpība
serve-give-or-take = ± { $error }
serve-verdict = Ko rāda izspēles
serve-most-more = Visvairāk virs tā
serve-most-less = Visvairāk zem tā
serve-nobody = Neviena pašvaldība nesaņem citu summu.
serve-pictures = Attēli
serve-in-words = Vārdos un skaitļos
serve-downloads = Lejupielādes
serve-all-figures = iepriekš redzamie skaitļi
serve-command = Tie paši skaitļi no komandrindas
serve-assumed = Visi skaitļi ir spēkā pie scenārija pieņēmumiem un pie šeit redzamajiem rādītājiem. Ko pieņēmumi neietver, to nesniegs nekāds izspēļu skaits.

## Kas netiek rādīts

serve-refused = Netiek rādīts
serve-unknown = Šīs mapes scenāriju un aprēķinu vidū nav «{ $name }».
serve-cannot-run = «{ $name }» ir kļūdas, tāpēc to nevar aprēķināt. Tās redzamas scenāriju sarakstā.
serve-no-policy = «{ $name }» nav modeļa varianta «{ $policy }».
serve-no-lever = «{ $name }» šeit nav maināms rādītājs.
serve-out-of-range = «{ $name }» ir skaitlis no { $low } līdz { $high }.
serve-how-many = Var parādīt no 1 līdz { $most } modeļa variantiem.
serve-draws = Izspēļu skaits ir vesels skaitlis no 1 līdz { $most }.
serve-no-page = Šajā adresē nekā nav.
serve-bad-address = Šo adresi nevar nolasīt.
serve-full = Tiek apstrādāts pārāk daudz pieprasījumu. Mēģiniet pēc brīža.
serve-failed = To neizdevās aprēķināt. Vainīga ir programma, nevis scenārijs.
serve-slow = Tas prasa pārāk daudz laika; izvēlieties mazāk izspēļu.

## Valodas

serve-language = In English
serve-language-code = en
