# What the terminal says at the end of a run. Columns are narrow: words there are short.

terminal-draws =
    { $count ->
        [one] { $count } draw, seed { $seed }
       *[other] { $count } draws, seed { $seed }
    }
terminal-points =
    { $count ->
        [one] { $count } point
       *[other] { $count } points
    }
terminal-when-funded = points open when funded
terminal-when-ready = points open when ready, whatever the policy pays
terminal-paragraph = { $subject }: { $text }
terminal-years = Year by year: { $policy } (median, 80 % range)
terminal-policies = Policies, { $years }
terminal-policies-against = Policies, { $years } (more, less, open: municipalities at the pot of { $baseline })
terminal-pots = Pots at risk in one year: { $policy } (that of the largest unmet claims)
terminal-guarantees = What guarantees give and take, { $years }: { $policy } (means over the draws)
terminal-brackets = { "[ ]" } around a chance: what so many draws leave open (95 %)
terminal-unmet = unmet: claims above the pot in 90, 95 or 99 % of the draws, at the network that this pot allows. Points open when they are funded: more money would open more points, whose claims follow, and what waits claims again each year; so it is not the sum that would suffice.
terminal-observed = Seen, and simulated
terminal-warning = warning[{ $code }]: { $text }
terminal-waived =
    { $count ->
        [one] { $count } warning waived (reason in the report)
       *[other] { $count } warnings waived (reasons in the report)
    }
terminal-written = Written to { $folder }
terminal-file-report = everything on one page, to open or mail
terminal-file-workbook = all tables, and the central case by formulas that follow a change
terminal-file-budget = each programme and year: chance of shortfall, reserves
terminal-file-reconciliation = each pot line by line: where every cent of it goes
terminal-file-commitments = each year: what is paid, what later years are bound to
terminal-file-verdicts = who receives more or less than under the baseline
terminal-file-guarantees = each guarantee: what it costs, who gains and who pays
terminal-file-awards = each municipality: due, granted, own share
terminal-file-outcomes = nation, regions and tiers: points, load, cost, coverage, access
terminal-file-network = each municipality: points by tier, load, staff
terminal-file-draws = what every draw gives to every municipality
terminal-column-year = year
terminal-column-planned = planned
terminal-column-open = open
terminal-column-80 = 80 %
terminal-column-90 = 90 %
terminal-column-95 = 95 %
terminal-column-99 = 99 %
terminal-column-paid = paid, { $currency }
terminal-column-of-cost = of cost
terminal-column-within = within 10 km
terminal-column-policy = policy
terminal-column-more = more
terminal-column-less = less
terminal-column-undecided = open
terminal-column-short = short
terminal-column-unmet-95 = unmet 95 %
terminal-column-programme = programme
terminal-column-appropriation = appropriation
terminal-column-shortfall = shortfall
terminal-column-unmet-90 = unmet 90 %
terminal-column-guarantee = guarantee
terminal-column-gained = gained, { $currency }
terminal-column-given-up = given up
terminal-column-more-paid = more paid
terminal-column-gain = gain
terminal-column-give-up = give up
terminal-column-what = what
terminal-column-when = when
terminal-column-seen = seen
terminal-column-simulated = simulated
terminal-column-below = draws below
terminal-all = all
terminal-every-policy = all
terminal-inside = inside
terminal-outside = OUTSIDE
terminal-not-simulated = not simulated
