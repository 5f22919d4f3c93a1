# What a run has found, in sentences (docs/guide/2-reading-results.md, "Findings in words").
# Between a number and its unit stands a no-break space.
# A sentence says no more than its figures: the rules are in src/analysis/statements.

## Around the sentences

findings-heading = In words
findings-intro =
    { $draws ->
        [one] These sentences hold under the assumptions of the scenario, for the one future simulated. Sums, counts and shares are medians, large sums rounded to three figures.
       *[other] These sentences hold under the assumptions of the scenario, for the { $draws } futures simulated. Sums, counts and shares are medians, large sums rounded to three figures.
    }
findings-every-policy = Under every policy
findings-baseline = “{ $policy }”, the baseline
findings-policy = “{ $policy }”
findings-clearly = “Clearly” means: by more than { $sum } or { $percent } of the award under the baseline, whichever is greater, in every future simulated, or in at least 80 of 100 with 95 % statistical certainty.

## How often, and how far apart

chance-always = in every future simulated
chance-more-than-99 = in more than 99 of 100 futures
chance-of-100 = in { $count } of 100 futures
chance-fewer-than-1 = in fewer than 1 of 100 futures
chance-open = { $chance } (so many draws tell it to between { $low } and { $high })
spread = 80 % { -future-of }: { $low } to { $high }
spread-none = the same in 80 % { -future-of }, to the digits shown
period-year = in { $year }
period-years = in { $first }–{ $last } together
municipalities =
    { $count ->
        [one] { $count } municipality
       *[other] { $count } municipalities
    }
municipalities-range = between { $least } and { $most } municipalities

## Sentences

too-few-draws =
    { $draws ->
        [one] One draw is
       *[other] { $draws } draws are
    } too few to tell how far the futures lie apart; it takes { $needed } at least.
points-all = At the end of { $year } all points planned by then ({ $planned }) are open in every future simulated.
points-open =
    At the end of { $year }, { $open } of { $planned ->
        [one] { $planned } point
       *[other] { $planned } points
    } planned by then { $open ->
        [one] is
       *[other] are
    } open ({ $spread }).
points-fewer = Fewer points than planned are open { $chance }.
paid = Awards to municipalities come to { $total } { $period } ({ $spread }).
paid-last = Awards to municipalities come to { $total } { $period } ({ $spread }), and in { $year } alone to { $sum } ({ $spread-last }).
covered = In { $year } the awards cover { $share } of the eligible cost ({ $spread }); the rest is the municipalities’ own share.
covered-above = In { $year } the awards come to { $share } of the eligible cost ({ $spread }).
within-reach = In { $year }, { $share } of the inhabitants live within 10 km of an open point in a straight line, on average over the year ({ $spread }).
short-never = The appropriation suffices for every programme and year in every future simulated.
short = More is due than the appropriation allows, for at least one programme in at least one year, { $chance }.
short-most = That is so most often in { $year }: { $chance }.
short-not-told =
    { $draws ->
        [one] One draw is
       *[other] { $draws } draws are
    } too few to tell how often more is due than the appropriation allows.
suffices = The appropriation suffices for every programme and year in at least 90 of 100 futures.
reserve = For it to suffice in 90 of 100 futures, { $sum } more must be appropriated { $period }{ $open }.
unmet = In 90 of 100 futures no more than { $sum } of what is due is left unmet { $period }{ $open }, at the network that this appropriation allows; more money would open more points, so it is not the sum that would suffice.
sum-open = { " " }(so many draws tell it to between { $low } and { $high })
sum-exact = { "" }
changes-nothing = At the appropriation of “{ $baseline }”, every municipality receives the same as under “{ $baseline }”, to the cent, in every future simulated.
received-more-and-less =
    At the appropriation of “{ $baseline }”, { $more ->
        [one] { $more } municipality clearly receives
       *[other] { $more } municipalities clearly receive
    } more than under “{ $baseline }” { $period }, and { $less ->
        [one] { $less } municipality
       *[other] { $less } municipalities
    } clearly less.
received-more =
    At the appropriation of “{ $baseline }”, { $count ->
        [one] { $count } municipality clearly receives
       *[other] { $count } municipalities clearly receive
    } more than under “{ $baseline }” { $period }, and none clearly less.
received-less =
    At the appropriation of “{ $baseline }”, { $count ->
        [one] { $count } municipality clearly receives
       *[other] { $count } municipalities clearly receive
    } less than under “{ $baseline }” { $period }, and none clearly more.
received-neither = At the appropriation of “{ $baseline }”, no municipality clearly receives more or less than under “{ $baseline }” { $period }.
received-undecided =
    { $count ->
        [one] For { $count } municipality neither can be said.
       *[other] For { $count } municipalities neither can be said.
    }
received-unchanged =
    { $count ->
        [one] { $count } municipality receives the same to the cent in every future simulated.
       *[other] { $count } municipalities receive the same to the cent in every future simulated.
    }
received-only-under-one =
    { $count ->
        [one] { $count } municipality has points under one of the two policies only and is not compared.
       *[other] { $count } municipalities have points under one of the two policies only and are not compared.
    }
received-across = At the appropriation of “{ $baseline }”, the other { $policies } policies clearly give more than “{ $baseline }” to { $more } and clearly less to { $less } { $period }.
cost-more = At its own appropriation it costs the state { $sum } more than “{ $baseline }” on average { $period } (to within { $error }).
cost-less = At its own appropriation it costs the state { $sum } less than “{ $baseline }” on average { $period } (to within { $error }).
cost-same = It costs the state the same as “{ $baseline }” on average { $period }.
cost-not-told = Whether it costs the state more or less than “{ $baseline }” on average { $period } cannot be told with so many draws: the difference is { $sum }, its error up to { $error }.
