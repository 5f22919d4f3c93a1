# Ko aprēķins ir atklājis, teikumos (docs/guide/2-reading-results.md, "Findings in words").
# Starp skaitli un mērvienību ir nedalāma atstarpe.
# Teikums nepasaka vairāk par saviem skaitļiem: nosacījumi ir src/analysis/statements.

## Ap teikumiem

findings-heading = Vārdos
findings-intro =
    { $draws ->
        [one] Šie teikumi ir spēkā pie scenārija pieņēmumiem un attiecas uz { $draws } aprēķināto izspēli (iespējamo nākotni). Summas, skaits un īpatsvari ir mediānas, lielas summas noapaļotas līdz trim zīmīgajiem cipariem.
       *[other] Šie teikumi ir spēkā pie scenārija pieņēmumiem un attiecas uz { $draws } aprēķinātajām izspēlēm (iespējamām nākotnēm). Summas, skaits un īpatsvari ir mediānas, lielas summas noapaļotas līdz trim zīmīgajiem cipariem.
    }
findings-every-policy = Visos modeļa variantos
findings-baseline = «{ $policy }», bāzes variants
findings-policy = «{ $policy }»
findings-clearly = «Nepārprotami» nozīmē: par vairāk nekā { $sum } vai { $percent } no bāzes variantā piešķirtās dotācijas (ņemot lielāko no abiem) visās izspēlēs vai, ar 95 % statistisko drošumu, vismaz 80 izspēlēs no 100.

## Cik bieži un cik plašās robežās

chance-always = visās izspēlēs
chance-more-than-99 = vairāk nekā 99 izspēlēs no 100
chance-of-100 =
    { $count ->
        [one] { $count } izspēlē
       *[other] { $count } izspēlēs
    } no 100
chance-fewer-than-1 = mazāk nekā 1 izspēlē no 100
chance-open = { $chance } (šāds izspēļu skaits ļauj to noteikt robežās no { $low } līdz { $high })
spread = 80 % { -future-of }: no { $low } līdz { $high }
spread-none = tas pats 80 % { -future-of } parādīto ciparu precizitātē
period-year = { $year }. gadā
period-years = { $first }.–{ $last }. gadā kopā
municipalities =
    { $count ->
        [zero] { $count } pašvaldību
        [one] { $count } pašvaldība
       *[other] { $count } pašvaldības
    }
municipalities-range =
    no { $least } līdz { $most ->
        [one] { $most } pašvaldībai
       *[other] { $most } pašvaldībām
    }

## Teikumi

too-few-draws =
    { $draws ->
        [one] Ar { $draws } izspēli
       *[other] Ar { $draws } izspēlēm
    } nepietiek, lai noteiktu, cik tālu nākotnes atrodas cita no citas; to vajag vismaz { $needed }.
points-all = { $year }. gada beigās visās izspēlēs ir atvērti visi līdz tam plānotie punkti ({ $planned }).
points-open =
    { $year }. gada beigās { $open ->
        [one] ir atvērts
       *[other] ir atvērti
    } { $open } no { $planned ->
        [one] { $planned } līdz tam plānotā punkta
       *[other] { $planned } līdz tam plānotajiem punktiem
    } ({ $spread }).
points-fewer = Mazāk punktu, nekā plānots, ir atvērts { $chance }.
paid = Pašvaldībām piešķirtā dotācija { $period } ir { $total } ({ $spread }).
paid-last = Pašvaldībām piešķirtā dotācija { $period } ir { $total } ({ $spread }), { $year }. gadā vien – { $sum } ({ $spread-last }).
covered = { $year }. gadā piešķirtā dotācija sedz { $share } attiecināmo izmaksu ({ $spread }); pārējais ir pašvaldību daļa izmaksās.
covered-above = { $year }. gadā piešķirtā dotācija ir { $share } no attiecināmajām izmaksām ({ $spread }).
within-reach = { $year }. gadā { $share } iedzīvotāju dzīvo ne tālāk kā 10 km taisnā līnijā no atvērta punkta, vidēji gada laikā ({ $spread }).
short-never = Visās izspēlēs apropriācijas pietiek katrai programmai katrā gadā.
short = Vismaz vienai programmai vismaz vienā gadā apropriācijas nepietiek { $chance }.
short-most = Visbiežāk tā ir { $year }. gadā: { $chance }.
short-not-told =
    { $draws ->
        [one] Ar { $draws } izspēli
       *[other] Ar { $draws } izspēlēm
    } nevar noteikt, cik bieži apropriācijas nepietiek.
suffices = Vismaz 90 izspēlēs no 100 apropriācijas pietiek katrai programmai katrā gadā.
reserve = Lai apropriācijas pietiktu 90 izspēlēs no 100, papildus nepieciešamā apropriācija { $period } ir { $sum }{ $open }.
unmet = 90 izspēlēs no 100 iztrūkums { $period } nepārsniedz { $sum }{ $open }, ja tīkls ir tāds, kādu pieļauj šī apropriācija; ar lielāku finansējumu tiktu atvērts vairāk punktu, tāpēc tā nav summa, ar kuru pietiktu.
sum-open = { " " }(šāds izspēļu skaits ļauj to noteikt robežās no { $low } līdz { $high })
sum-exact = { "" }
changes-nothing = Ar varianta «{ $baseline }» apropriāciju visās izspēlēs katra pašvaldība saņem līdz centam tikpat, cik variantā «{ $baseline }».
received-more-and-less =
    Ar varianta «{ $baseline }» apropriāciju nepārprotami vairāk nekā variantā «{ $baseline }» { $period } saņem { $more ->
        [zero] { $more } pašvaldību
        [one] { $more } pašvaldība
       *[other] { $more } pašvaldības
    }, nepārprotami mazāk – { $less ->
        [zero] { $less } pašvaldību
        [one] { $less } pašvaldība
       *[other] { $less } pašvaldības
    }.
received-more =
    Ar varianta «{ $baseline }» apropriāciju nepārprotami vairāk nekā variantā «{ $baseline }» { $period } saņem { $count ->
        [zero] { $count } pašvaldību
        [one] { $count } pašvaldība
       *[other] { $count } pašvaldības
    }, nepārprotami mazāk – neviena.
received-less =
    Ar varianta «{ $baseline }» apropriāciju nepārprotami mazāk nekā variantā «{ $baseline }» { $period } saņem { $count ->
        [zero] { $count } pašvaldību
        [one] { $count } pašvaldība
       *[other] { $count } pašvaldības
    }, nepārprotami vairāk – neviena.
received-neither = Ar varianta «{ $baseline }» apropriāciju neviena pašvaldība { $period } nepārprotami nesaņem ne vairāk, ne mazāk kā variantā «{ $baseline }».
received-undecided =
    { $count ->
        [one] Par { $count } pašvaldību nav nosakāms ne viens, ne otrs.
       *[other] Par { $count } pašvaldībām nav nosakāms ne viens, ne otrs.
    }
received-unchanged =
    { $count ->
        [zero] { $count } pašvaldību
        [one] { $count } pašvaldība
       *[other] { $count } pašvaldības
    } visās izspēlēs saņem līdz centam tikpat.
received-only-under-one =
    { $count ->
        [one] { $count } pašvaldībā punkti ir tikai vienā no abiem variantiem, un tā netiek salīdzināta.
       *[other] { $count } pašvaldībās punkti ir tikai vienā no abiem variantiem, un tās netiek salīdzinātas.
    }
received-across = Ar varianta «{ $baseline }» apropriāciju pārējos modeļa variantos (to skaits: { $policies }) nepārprotami vairāk nekā variantā «{ $baseline }» { $period } saņem { $more }, nepārprotami mazāk – { $less }.
cost-more = Ar savu apropriāciju tas valstij { $period } vidēji izmaksā par { $sum } vairāk nekā «{ $baseline }» (ar kļūdu līdz { $error }).
cost-less = Ar savu apropriāciju tas valstij { $period } vidēji izmaksā par { $sum } mazāk nekā «{ $baseline }» (ar kļūdu līdz { $error }).
cost-same = Valstij tas { $period } vidēji izmaksā tikpat, cik «{ $baseline }».
cost-not-told = Vai tas valstij { $period } vidēji izmaksā vairāk vai mazāk nekā «{ $baseline }», ar šādu izspēļu skaitu nevar noteikt: starpība ir { $sum }, tās kļūda – līdz { $error }.
