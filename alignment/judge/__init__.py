"""The judge: recomputes answers from the rows of a system, with code of its own, and can say no.

One file a kind of answer: `check` (a set of measures), `achievement`, `joint`, `repair`, `effort`, `sharing`,
`coverage`, `frontier`, `camps`; each but the first has `objections`, sentences that say what is wrong, none where
nothing is. What they rest on: `duties`, `figures` and `wishes` of a set, `conflicts` and `effects`, `feasibility`
(METHOD 5), and `arithmetic`, which takes a linear programme's answer for no more than it can confirm.
"""
