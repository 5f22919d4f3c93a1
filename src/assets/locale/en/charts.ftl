# What pictures say: src/chart and the pictures of src/report. Names, numbers and sums are put in.
# An axis or a column has little room: words there are short and begin with a small letter.

## Around every picture

chart-no-data = No data for this picture
chart-caption-policy = Policy: { $text }
chart-caption-pot = Pot: { $text }
chart-caption-draws =
    { $draws ->
        [one] { $draws } draw
       *[other] { $draws } draws
    }
chart-caption-date = Data as of { $date }
chart-caption-source = Source: { $text }

## Labels of several charts

chart-median = median
chart-mean = mean
chart-median-at = median { $value }
chart-percentile = { $rank }th percentile
chart-percentiles = 5th–95th percentile
chart-bands = Shades, from the inside: 50, 80 and 90 % of draws
chart-appropriation = appropriation
chart-appropriation-at = appropriation { $sum }
chart-pot = pot
chart-pot-at = { $pot } { $sum }
chart-share-of-draws = share of draws, %
chart-beyond-all = all draws lie beyond it
chart-beyond-more-than-99 = more than 99 of 100 draws lie beyond it
chart-beyond-fewer-than-1 = fewer than 1 of 100 draws lie beyond it
chart-beyond =
    { $count ->
        [one] { $count } of 100 draws lies beyond it
       *[other] { $count } of 100 draws lie beyond it
    }
chart-others =
    { $count ->
        [one] … { $count } other …
       *[other] … { $count } others …
    }
chart-none = none
chart-more-is-better = more is better
chart-less-is-better = less is better
chart-baseline = baseline
chart-due = due, { $unit }
chart-granted = granted, { $unit }
chart-lines-open = Lines: what the number of draws leaves open (95 %)

## Labels of one chart

chart-full-cost = full cost ({ $share })
chart-planned-at = planned { $value }
chart-simulated-at = simulated median { $value }
chart-observed-at = observed { $value }, { $date }
chart-unspent = unspent
chart-lacking = lacking
chart-map-areas = areas
chart-target-at = target { $value }
chart-response-shades = Shades: what the number of draws leaves open (95 %), of the measure and of the border
chart-bridge-in-order = in this order, { $unit }
chart-bridge-reversed = in reverse order, { $unit }
chart-response-border = Upright line and dot: the last value of the lever that meets the target
chart-drivers-pale = Pale: cannot be told from zero
chart-drivers-rest = no input by itself
chart-bridge-order = Line with a dot: the same step where the parts are replaced in reverse order, from where this one begins
chart-frontier-marks = Full dots: none beats them; rings: the draws do not decide it; grey: another beats them in all measures; the line joins the best of the two measures shown
chart-frontier-marks-sized = { chart-frontier-marks }; larger dots have more of: { $measure }
chart-regret-marks = Bars: mean regret; lines: up to the 90th percentile; dots: the most in any draw
chart-conditions-marks = Grey: all that was drawn; blue: inside the box
chart-conditions-again = found again
chart-queue-marks = Bars: median; lines: 5th to 95th percentile of the draws
chart-cost-marks = Means over the draws; lines: 5th to 95th percentile of what the state grants; per cent: its share of the cost
chart-cost-state = the state { $sum }
chart-cost-own = municipalities { $sum }
chart-chances-more = more, of 100 draws →
chart-chances-less = ← less, of 100 draws
chart-chances-mean = mean difference, { $unit }
chart-lorenz-marks = Dashed: all alike; G: Gini coefficient, 0 where all are alike
chart-lorenz-curve = G { $gini }, { $name }

## Parts of pictures of results

picture-source = simulation of the scenario “{ $scenario }” under its assumptions
picture-source-two = simulation of { $before } and { $after } under their assumptions
picture-source-many = simulation of { $count } scenarios under their assumptions
picture-when-ready = Points open when they are ready, whatever is granted (WhenReady).
picture-when-funded = Points open when their investment is granted and built (WhenFunded).
picture-pot-open = open-ended, whatever is due is paid
picture-pot-own = the policy’s own
picture-pot-each = each at its own
picture-pot-of = that of { $policy }
picture-pot-year = { $sum } a year
picture-pots-year = { $least } to { $sum } a year
picture-year = { $year }
picture-years = { $first }–{ $last }
picture-no-years = no years
picture-range = { " " }(80 % { -future-of }: { $range })
picture-all-programmes = All programmes
picture-alt = { $title }. Policy: { $policy }.
picture-alt-unit = { $title }, { $unit }. Policy: { $policy }.
picture-today = { $policy } · today
picture-unit-municipalities = municipalities
picture-unit-points = points

## Heads of columns

picture-column-municipality = Municipality
picture-column-median = Median
picture-column-year = Year
picture-column-end-of = End of
picture-column-planned = Planned
picture-column-appropriation = Appropriation
picture-column-short = Short
picture-column-above = Above
picture-column-up-to = Up to
picture-column-draws = Draws
picture-column-part = Part
picture-column-mean-of = { $unit }, mean
picture-column-policy = Policy
picture-column-per-point = { $unit } per open point
picture-column-per-head = { $unit } per inhabitant
picture-column-step = Step
picture-column-in-order = In this order
picture-column-reversed = In reverse order
picture-column-mean-of-both = Mean of both
picture-column-difference = Mean difference

## What municipalities are granted

picture-awards-title = Awards of { $year } by municipality
picture-awards-subtitle = All programmes; median and 5th–95th percentile of the draws
picture-ranking-none = No municipality has a figure.
picture-ranking-one = Only { $only }.
picture-ranking = From { $first } down to { $last } (medians).
picture-coverage-title = How much of its eligible cost each municipality is granted in { $year }
picture-coverage-subtitle = Awards of all programmes over eligible cost; median and 5th–95th percentile of the draws
picture-coverage-note = Draws without cost have no share. What is not granted is the municipality’s own share.
picture-coverage-left-out =
    { $count ->
        [one] { $count } municipality is left out: points open less than 5 % of the time on average.
       *[other] { $count } municipalities are left out: points open less than 5 % of the time on average.
    }
picture-map-title = What an open point is granted in { $year }
picture-map-subtitle = { $unit } per point open for the whole year: mean award of all programmes over mean points open
picture-map-note = Hatched: points rarely open (on average less than 5 % of the time) or never.
picture-map-hatched = rarely or never
picture-map-ends = From { $high } in { $most } down to { $low } in { $least }
picture-map-only = { $high } in { $most }
picture-map-head-title = What is granted per inhabitant in { $year }
picture-map-head-subtitle = { $unit } per inhabitant: mean award of all programmes over the inhabitants of the municipality
picture-map-head-note = An award follows points and their costs: where few live, each point is more per inhabitant.
picture-map-more-title = Where more is received, of 100 draws
picture-map-more-subtitle = “{ $after }” instead of “{ $before }” at the same pot, all programmes, { $years } together: draws in which a municipality receives more
picture-map-more-note = What is missing to 100 is less or the same; how much is not told here.
picture-map-alt-all =
    { $areas ->
        [one] Map of { $areas } area.
       *[other] Map of { $areas } areas.
    } { $title }. Policy: { $policy }. { $ends }.
picture-map-alt =
    { $areas ->
        [one] Map of { $areas } area.
       *[other] Map of { $areas } areas.
    } { $title }. Policy: { $policy }. { $ends }; { $without } with points rarely or never open.

## Pots

picture-fan-no-pot = { $programme }: no pot limits what is due
picture-fan-holds = { $programme }: the pot holds what is due in all draws
picture-fan-all-short = { $programme }: more is due than the pot holds in all draws of every year
picture-fan-short = { $programme }: in { $year } more is due than the pot holds { $chance }
picture-fan-some-short = { $programme }: in { $year } some pot is short { $chance }
picture-fan-subtitle = What is due to all municipalities by year, in money of the year
picture-fan-year = { $year }: { $median }{ $range } due, { $against }.
picture-no-pot = no pot
picture-against = appropriation { $sum }, short in { $chance }
picture-available-pot = available
picture-available-mean = available with carry-over (mean)
picture-available = Available in { $year } after top slice and carry-over: { $sum } (mean).
picture-not-moved = Money does not move between programmes: one may be short while the total would suffice.
picture-histogram-no-pot = { $programme }, { $year }: what is due
picture-histogram-holds = { $programme }, { $year }: the pot holds what is due in all draws
picture-histogram-short = { $programme }, { $year }: more is due than the pot holds { $chance }
picture-histogram-some-short = { $programme }, { $year }: some pot is short { $chance }
picture-histogram-subtitle = Draws by the sum that is due to all municipalities in { $year }
picture-histogram-alt = { $title }. Policy: { $policy }. Due in { $year }: median { $median }{ $range }. Pot: { $pot }.
picture-waterfall-title = Of what is appropriated for { $years }, { $share } stays unspent
picture-waterfall-subtitle = All programmes and years together, means over the draws, in money of each year
picture-waterfall-alt = { $title }. Policy: { $policy }. Means over the draws: { $parts }.
picture-top-slice = top slice
picture-commitments-title = { $programme }: the points of { $year } bind { $sum } a year
picture-commitments-subtitle = What the points at the end of each year bind every later one to, in money of the year
picture-commitments-note = What is due a year, at the rates and prices of the year, once all that is open or funded at its end is open: an estimate by cost.
picture-commitments-year = { $year }: { $median }{ $range }.

## Points

picture-rollout-title = End of { $year }: { $planned } points planned, { $median } open in the median draw
picture-rollout-subtitle = Service points open: planned, and drawn for the ends of the years and the days of a count
picture-rollout-every-policy = the same under every policy
picture-rollout-year = End of { $year }: { $planned } planned, median { $median }{ $range }.
picture-rollout-seen = Seen on { $date }: { $count }.

## Policies side by side

picture-compare-title = What each policy costs, covers and reaches
picture-compare-subtitle = Median (dot) and 5th–95th percentile (bar) of the same draws
picture-compare-note = Each policy at its own pots, except where the same pot is named.
picture-compare-alt = Policies side by side.
picture-measure-awards = Awards { $years } to municipalities
picture-measure-coverage-of = Award over eligible cost, { $year }
picture-measure-short = Chance that a pot is short in some year
picture-measure-more = Clearly more at the same pot
picture-measure-less = Clearly less at the same pot
picture-measure-access = Inhabitants within 10 km, { $year }
picture-measure-points = Points open, end of { $year }
picture-measure-award = Awarded
picture-measure-due = Due by the rates
picture-measure-coverage = Award over eligible cost
picture-measure-unspent = Unspent
picture-side-by-side = Side by side: awarded, due, covered, left
picture-side-by-side-same = Nothing changes: every figure is the same in every draw
picture-side-by-side-subtitle = { $years }; mean (dot) and 5th–95th percentile of the draws (bar), the same draws for all
picture-side-by-side-note = Ranges overlap because all face the same futures; what differs is told draw by draw.
picture-receivers = Who receives more or less
picture-receivers-nobody = No municipality receives more or less
picture-receivers-subtitle = “{ $after }” instead of “{ $before }”; { $view }, all programmes, { $years }. Mean difference and 5th–95th percentile of the draws: right of zero more, left of it less
picture-receivers-all-zero = Every difference is 0 in every draw.
picture-receivers-left-out =
    { $count ->
        [one] { $count } municipality is left out: nothing changes for it in any draw.
       *[other] { $count } municipalities are left out: nothing changes for them in any draw.
    }
picture-receivers-ends = From { $least } to { $most } (means).
picture-groups = Which groups receive more or less
picture-groups-nobody = No group receives more or less
picture-groups-note = Each way of grouping adds up to the nation, where every municipality is in a group.
picture-group-nation = Nation
picture-group-region = Region: { $name }
picture-group-tier = Tier: { $name }
picture-group-smallest = Size: smallest third
picture-group-middle = Size: middle third
picture-group-largest = Size: largest third
picture-view-legal = legal: what the rates promise
picture-view-same = cash, at the pots of the first
picture-view-own = cash, each at its own pots
picture-bridge-award = What the awards of the nation change by
picture-bridge-award-same = Nothing changes what is awarded
picture-bridge-due = What is due by the rates changes by
picture-bridge-due-same = Nothing changes what is due by the rates
picture-bridge-subtitle = All programmes, { $years }; means over the draws, which add up to the cent
picture-bridge-alt = { $title }: from { $before }, { $start }, to { $after }, { $end }. { $steps }.
picture-bridge-other-municipalities = The two scenarios do not have the same municipalities: what that changes is part of a step.
picture-bridge-one-step = One step: { $parts }, as there is no scenario between them.

## Answers to questions about levers and inputs

picture-frontier-title =
    { $best ->
        [one] { $best } of { $all } alternatives is beaten by none
       *[other] { $best } of { $all } alternatives are beaten by none
    }
picture-frontier-policies = Policies as they stand, on the same draws
picture-frontier-levers = Policies at values of { $levers }, on the same draws
picture-frontier-note = Measures that are not shown decide too
picture-regret-one = { $best } is regretted least on average
picture-regret-several = Several are regretted equally little on average
picture-regret-subtitle = By how much each falls behind the best of each draw in { $measure } ({ $better })
picture-regret-subtitle-worst = By how much each falls behind the best of each draw in { $measure } ({ $better }), under the worst of { $count } assumptions
picture-drivers-title = What drives { $figure }
picture-drivers-alone = Share of the variance that an input explains by itself; lines are intervals at 95 %
picture-drivers-total = Share of the variance in which an input takes part (light) and that it explains by itself (dark); lines are intervals at 95 %
picture-drivers-elementary = Mean size of the effect of moving an input through its whole range, μ*; lines are intervals at 95 %
picture-drivers-sobol = { $count } base rows of a Sobol’ design.
picture-drivers-morris = { $count } trajectories of a Morris design.
picture-drivers-left-out =
    { $count ->
        [one] { $count } more input is not shown.
       *[other] { $count } more inputs are not shown.
    }
picture-drivers-programmes = all programmes
picture-drivers-years = all years
picture-drivers-year = { $year }
picture-levers-title = What a little more of each costs
picture-levers-subtitle = { $unit } due and granted, more or less than as it stands, all years together
picture-levers-note = Each change on the same draws; they do not add up where a pot binds. What changes nothing of a programme is left out
picture-levers-pay = pay
picture-levers-delay = delay
picture-levers-month =
    { $months ->
        [one] +{ $months } month
       *[other] +{ $months } months
    }
picture-solve-up-to = met up to { $value }
picture-solve-from = met from { $value }
picture-solve-appropriation = appropriation for { $programme }, all years together
picture-solve-subtitle = Along { $lever }, all values on the same draws
picture-discovery-title = When { $what }
picture-discovery-subtitle = Within these ranges it happens in { $density } of the draws, in all in { $share }; { $coverage } of all cases lie here
picture-discovery-note = Found again: of { $halves } halves of the draws, those whose box of the same coverage limits the input too
picture-discovery-again = { $found } of { $halves }
picture-discovery-years = mean of the years
picture-discovery-municipalities = mean of the municipalities
picture-discovery-both = mean of municipalities and years
picture-discovery-points = mean of the points
picture-discovery-points-years = mean of points and years
picture-paths-title =
    { $count ->
        [one] What { $count } claimant is awarded
       *[other] What each of { $count } claimants is awarded
    }
picture-paths-subtitle = { $rules }: awards before rounding, as the pot grows to the sum of the claims
picture-paths-some = { $shown } of { $count } claimants are drawn, in even steps of rank by claim

## How an award comes about

picture-build-up-no-rule = { $municipality }: the policy has no rule for { $programme }
picture-build-up-nothing = { $municipality }: nothing is due for { $programme } in { $year }
picture-build-up-all = { $municipality } is awarded { $award }, all that is due
picture-build-up-part = { $municipality } is awarded { $award } of { $due } due
picture-build-up-subtitle = { $municipality } ({ $code }), { $programme }, { $year }: from the worksheet to the award
picture-build-up-pot = { $available } available, { $due } due to all
picture-build-up-central = Central path: every input at its median.
picture-build-up-draw = Draw { $draw } of { $draws }, counted from 0.
picture-build-up-units = Claims are rounded before the pot is divided; shares are whole units of { $unit }.
picture-step-cents = in whole cents
picture-step-guarantees =
    { $count ->
        [one] guarantee { $names }
       *[other] guarantees { $names }
    }
picture-step-more-lines = more lines
picture-step-worksheet = nothing is claimed below zero
picture-step-cost = cut to the eligible cost
picture-step-limit = cut to the limit
picture-step-rounding = rounded to { $unit }
picture-step-due = due
picture-step-rationing = the pot is short: { $rule }
picture-step-award = award

## Beside the page

picture-queue-title = Up to { $count } points wait for their investment: in { $year }
picture-queue-subtitle = Points that asked for their investment in the year and were not awarded it
picture-cost-title = In { $year } the state grants { $share } of the eligible cost
picture-cost-subtitle = Eligible cost of what has a programme, by who bears it, in money of the year
picture-cost-note = Where more is granted than it costs, the municipalities’ part hangs below zero.
picture-cost-year = { $year }: the state { $state }, municipalities { $own }
picture-column-state = The state, { $unit }
picture-column-own = Municipalities, { $unit }
picture-more-or-less-subtitle = “{ $after }” instead of “{ $before }” at the same pot, all programmes, { $years } together
picture-more-or-less-note = More or less: by more than { $sum } or { $percent } of the award under the baseline, whichever is greater.
picture-more-or-less-row = { $name }: more in { $more }, less in { $less } of draws
picture-column-more = More
picture-column-less = Less
picture-heat-title = Awards by municipality and year
picture-heat-subtitle = All programmes; medians over the draws, in money of the year; rows by the last year
picture-load-title = Cases a working day at an open point, by tier, in { $year }
picture-load-subtitle = Cases served by all points of a tier, over the mean number of its points open and { $days } working days
picture-load-note = A mean over points: single points have more and fewer.
picture-unit-cases-a-day = cases a day
picture-column-tier = Tier
picture-lorenz-title = How evenly open points are funded in { $year }
picture-lorenz-subtitle = Mean awards of all programmes over mean points open, by municipality; every point of one municipality counts alike
picture-lorenz-across = points, % (those of municipalities with least for each point first)
picture-lorenz-up = awards, %
picture-lorenz-alt = { $title }. Gini coefficients: { $told }.
picture-column-gini = Gini coefficient
