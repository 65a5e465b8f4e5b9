"""Runs: questions that are answered in child processes, which can be ended at any moment.

`children.Children` keeps warm processes and puts questions to them; `child` is what goes on within one, `answering`
what it does with a question, `troubles` what it says instead of an answer. `keeper.Keeper` claims runs while
children are free, and answers for them until they end; it reads and writes a `ledger.Ledger` by a `writer.Writer`, and
`joining.keeper_of` joins it to a store. `limits.RunLimits` says how long runs may take, and how large they may grow.
"""
