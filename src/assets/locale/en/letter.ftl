# The letter to a municipality.

letter-title = { $name } ({ $code }): awards for service points in { $year }
letter-about = This page is computed from the scenario “{ $scenario }”, with every uncertain quantity at its median: it holds under the assumptions of that scenario, and decides nothing. Over { $year } the municipality has, under “{ $policy }”, { $points } open service points in it.
letter-about-inhabitants = This page is computed from the scenario “{ $scenario }”, with every uncertain quantity at its median: it holds under the assumptions of that scenario, and decides nothing. Over { $year } the municipality has, under “{ $policy }”, { $points } open service points in it, for { $people } inhabitants.
letter-awards = Award and own share under each policy
letter-sums = Sums in { $currency } of { $year }. “Due” is what the formula of the policy comes to within its limits and guarantees, rounded; “award” what the pot pays of it, “own share” the eligible cost less the award. “{ $policy }” is taken for what holds now.
letter-range = In 90 of 100 simulated futures the award lies within the range of the last column; the other columns are those of the case in which every uncertain quantity is at its median.
letter-outside = In this case the award lies outside its own range in: { $rows }. Few of the simulated futures come as high or as low as the one in which every quantity is at its median: where a pot or a limit binds in most of them, such a case is no middle one.
letter-column-policy = policy, programme
letter-column-due = due
letter-column-award = award
letter-column-per-point = award per open point
letter-column-own-share = own share
letter-column-of-cost = of eligible cost
letter-column-own-per-head = own share per inhabitant
letter-column-range = award, 5–95 %
letter-row = { $policy }, { $programme }
letter-row-now = { $policy } (now), { $programme }
letter-all-programmes = all programmes
letter-comes-about = How the sum due comes about under “{ $policy }”
letter-due-line = due: { $sum }, after the eligible cost, limits, guarantees and rounding
letter-neighbours = Municipalities of like size
letter-column-municipality = municipality
letter-column-inhabitants = inhabitants
letter-column-points = open points
letter-column-award-per-head = award per inhabitant
letter-this = { $name } (this letter)
letter-neighbours-sums = Sums in { $currency } of { $year }, all programmes together, under “{ $policy }”.
letter-nearest =
    { $count ->
        [one] The other one is the nearest in number of inhabitants.
       *[other] The { $count } others are the nearest in number of inhabitants.
    }
letter-nearest-tier =
    { $count ->
        [one] The other one is the nearest in number of inhabitants among those whose centre is of the tier { $tier } as well.
       *[other] The { $count } others are the nearest in number of inhabitants among those whose centre is of the tier { $tier } as well.
    }
letter-nearest-region =
    { $count ->
        [one] The other one is the nearest in number of inhabitants among those of { $region } whose centre is of the tier { $tier } as well.
       *[other] The { $count } others are the nearest in number of inhabitants among those of { $region } whose centre is of the tier { $tier } as well.
    }
letter-pots = Who else draws on the same pot
letter-pot-open =
    { $programme }: there is no pot; what is due is paid to { $count ->
        [one] the one municipality that has something due
       *[other] all { $count } municipalities that have something due
    }, { $sum } together.
letter-pot =
    { $programme }: { $available } are available and { $due } due to { $count ->
        [one] { $count } municipality
       *[other] { $count } municipalities
    }; { $awarded } are awarded.
letter-pot-nothing = Nothing is due to this municipality.
letter-pot-own = This municipality has { $due } of what is due and { $award } of what is awarded.
letter-pot-largest = Most is due, besides, to { $names }; in parentheses what they are awarded.
letter-cases = If points open later, or not at all
letter-cases-none = This cannot be varied: every point of the municipality is open already, or has no planned opening.
letter-column-cases = under “{ $policy }”, all programmes
letter-column-award-year = award { $year }
letter-column-award-years = award { $first }–{ $last }
letter-column-difference = difference
letter-column-others = all others, { $year }
letter-as-planned = as planned
letter-a-year-later =
    { $count ->
        [one] { $count } planned point a year later
       *[other] { $count } planned points a year later
    }
letter-never =
    { $count ->
        [one] { $count } planned point not at all
       *[other] { $count } planned points not at all
    }
letter-cases-remark = Each row is the whole scenario simulated again with these points opening otherwise; points that are open already stay as they are. The last column is what all other municipalities together are awarded more or less.
letter-cases-same = A year later comes to the same as not at all: these points are then not funded, the municipality does not join, or they open after the last year.
