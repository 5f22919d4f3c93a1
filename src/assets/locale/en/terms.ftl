# Words that several texts share. What each means: docs/glossary.md.

-future-of = of the futures

quantiles-counted = Medians, ends of ranges and reserves of sums are counted in bins: they lie within 0.8 % of the exact ones, however many digits they show; means and chances are exact.

# Options of the scenario format (docs/guide/scenario-format.md): the English word is the format's own.

option-when-ready = WhenReady
option-when-funded = WhenFunded
option-proportional = Proportional
option-adjusted-proportional = AdjustedProportional
option-equal-awards = ConstrainedEqualAwards
option-equal-losses = ConstrainedEqualLosses
option-talmud = Talmud
option-reverse-talmud = ReverseTalmud
option-egalitarian = ConstrainedEgalitarian
option-piniles = Piniles
option-minimal-overlap = MinimalOverlap
option-random-arrival = RandomArrival
option-average-of-both = AverageOfEqualAwardsAndLosses
option-dominguez-thomson = DominguezThomson
option-average-of-awards = AverageOfAwards
option-largest-remainder = LargestRemainder
option-webster = Webster
option-jefferson = Jefferson
option-adams = Adams
option-huntington-hill = HuntingtonHill
option-random = Random
option-antithetic = Antithetic
option-latin-hypercube = LatinHypercube
option-sobol = Sobol
option-other = { $code }
