"""Plans as people write them in Markdown: a folder whose README lists the parts in order, or one file.

Two ways of writing are read. A **draft** is what an office has in its drawer: headings, prose, bullets with labels such
as "Lineamiento:" and "Acciones:". `lines` tells what each line is, `blocks` hangs bullets on bullets, `grammar` knows
the labels (they are data, `labels.toml`), `draft` makes items of it, `numbering` gives them codes, `parts` walks
through the files. No line is lost: what has no place in the tree is listed with its place, and so is whatever had to
be mended.

Our **own** form is what `write` writes and `own` reads: still plain headings and prose, with the code in each heading
and what an item says beyond its text in a short list below it, so that every manuscript comes back as it was.
"""
