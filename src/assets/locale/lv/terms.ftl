# Vārdi, kas kopīgi vairākiem tekstiem. Ko katrs nozīmē: docs/glossary.md.

-future-of = izspēļu

quantiles-counted = Summu mediānas, robežas un papildus nepieciešamās summas ir noteiktas pēc intervālos saskaitītām izspēlēm: no precīzajām tās atšķiras ne vairāk kā par 0,8 %, lai cik ciparu būtu redzami; vidējās vērtības un varbūtības ir precīzas.

# Scenārija formāta vārdi (docs/guide/scenario-format.md): iekavās tas, kas jāraksta scenārijā.

option-when-ready = kad gatavs (WhenReady)
option-when-funded = kad piešķirts finansējums (WhenFunded)
option-proportional = proporcionāli (Proportional)
option-adjusted-proportional = koriģēti proporcionāli (AdjustedProportional)
option-equal-awards = vienādi piešķīrumi (ConstrainedEqualAwards)
option-equal-losses = vienādi samazinājumi (ConstrainedEqualLosses)
option-talmud = Talmuda kārtība (Talmud)
option-reverse-talmud = apgrieztā Talmuda kārtība (ReverseTalmud)
option-egalitarian = ierobežoti vienlīdzīgā kārtība (ConstrainedEgalitarian)
option-piniles = Pinilesa kārtība (Piniles)
option-minimal-overlap = mazākās pārklāšanās kārtība (MinimalOverlap)
option-random-arrival = nejaušas rindas kārtība (RandomArrival)
option-average-of-both = pa vidu starp vienādiem piešķīrumiem un vienādiem samazinājumiem (AverageOfEqualAwardsAndLosses)
option-dominguez-thomson = Domingesas un Tomsona kārtība (DominguezThomson)
option-average-of-awards = visu iespējamo piešķīrumu vidējais (AverageOfAwards)
option-largest-remainder = lielākā atlikuma metode (LargestRemainder)
option-webster = Vebstera metode (Webster)
option-jefferson = Džefersona metode (Jefferson)
option-adams = Adamsa metode (Adams)
option-huntington-hill = Hantingtona un Hila metode (HuntingtonHill)
option-random = neatkarīgas izspēles (Random)
option-antithetic = pretēju izspēļu pāri (Antithetic)
option-latin-hypercube = latīņu hiperkubs (LatinHypercube)
option-sobol = Soboļa virkne (Sobol)
option-other = { $code }
