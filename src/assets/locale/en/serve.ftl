# The pages of `dotacija serve` (docs/guide/serving.md).

## The list of scenarios and runs

serve-kicker = Subsidy schemes, simulated under stated assumptions
serve-home = Scenarios and runs
serve-home-says = Open a scenario to turn its levers, or tick up to four policies of scenarios and runs to see them side by side on the same draws.
serve-scenarios = Scenarios
serve-runs = Finished runs
serve-nothing = This folder holds no scenario and no finished run.
serve-what-if = Turn the levers
serve-side-by-side = Show side by side
serve-pick = Policies to show side by side
serve-no-policies = It has no policies, so there is nothing to set side by side; “dotacija run” tells its outcomes.
serve-told = What “dotacija check” tells of it
serve-drawn =
    { $draws ->
        [one] { $draws } draw
       *[other] { $draws } draws
    }
serve-one-year = { $year }
serve-span = { $first }–{ $last }

## Levers

serve-levers = Levers and appropriations
serve-levers-say = Each stands where the scenario puts it. Move one, and the same futures are simulated again.
serve-no-levers = Several scenarios or runs are shown, so there are no levers to turn here: open one of them alone.
serve-apply = Simulate
serve-reset = Back to the scenario
serve-pot = Appropriation: { $programme }
serve-of-today = % of the sum in the scenario, in each year alike; 100 % is { $sum } over all years
serve-idle = Moves none of the figures shown: no formula of theirs names it.
serve-between = { $low } to { $high } { $unit }
serve-more-draws = More draws
serve-cancel = Stop
serve-working = Simulating …
serve-stopped = Stopped. What is shown is the last that was finished.
serve-lost = The program does not answer. Is it still running?
serve-busy = Many questions are being worked on; this one is asked again in a moment.

## What is found

serve-figures = Side by side
serve-figures-say = Medians of the draws; below them from where to where 90 % of the draws lie (5th to 95th percentile), of a chance in brackets what so many draws leave open (95 %). Each policy at its own appropriations, unless said otherwise.
serve-figure = Figure
serve-baseline = baseline
serve-range = { $low } to { $high }
serve-planned =
    { $planned ->
        [one] { $planned } planned
       *[other] { $planned } planned
    }
serve-points-open = Points open at the end of { $year }
serve-awards = Awards to municipalities, all years
serve-cost = Eligible cost, { $year }
serve-coverage = Award over eligible cost, { $year }
serve-short = Chance that some programme is short in some year
serve-reserve = Extra appropriation so that { $share } of the draws fall short of nothing, all years
serve-unmet = Unmet claims at the network that these appropriations allow, { $share } of the draws, all years; more money would open more points, so this is not the sum that would suffice
serve-near = Inhabitants within 10 km of an open point, { $year }
serve-count-more = Municipalities with clearly more than under the baseline, at its appropriations
serve-count-less = Municipalities with clearly less than under the baseline, at its appropriations
serve-receives = Who receives more or less
serve-receives-same = “{ $label }” beside “{ $against }”, both at the appropriations of “{ $against }”; all programmes and years
serve-receives-own = “{ $label }” beside “{ $against }”, each at its own appropriations; all programmes and years
serve-municipality = Municipality
serve-difference = Mean difference
serve-give-or-take = ± { $error }
serve-verdict = What the draws say
serve-most-more = Most beyond it
serve-most-less = Most below it
serve-nobody = No municipality receives a different sum.
serve-pictures = Pictures
serve-in-words = In words and figures
serve-downloads = Downloads
serve-all-figures = the figures above
serve-command = The same figures from the command line
serve-assumed = Every figure holds under the assumptions of the scenario, and for the levers as they stand here. What the assumptions leave out no number of draws brings back.

## What is refused

serve-refused = Not shown
serve-unknown = “{ $name }” is not among the scenarios and runs of this folder.
serve-cannot-run = “{ $name }” has errors, so it cannot be simulated. The list of scenarios tells them.
serve-no-policy = “{ $name }” has no policy “{ $policy }”.
serve-no-lever = “{ $name }” is no lever here.
serve-out-of-range = “{ $name }” is a number from { $low } to { $high }.
serve-how-many = Between 1 and { $most } policies can be shown.
serve-draws = The number of draws is a whole number from 1 to { $most }.
serve-no-page = There is nothing at this address.
serve-bad-address = This address cannot be read.
serve-full = Too many questions are being worked on. Try again in a moment.
serve-failed = This could not be simulated. The program is at fault, not the scenario.
serve-slow = This takes too long; ask for fewer draws.

## Languages

serve-language = Latviski
serve-language-code = lv
