"""The words of the pages themselves; templates name them by their keys."""

from __future__ import annotations

from plantrack.language import text

LABELS = {
    "all_plans": text("All plans"),
    "skip": text("Skip to the contents"),
    "on_this_page": text("On this page"),
    "contradictions": text("What does not agree"),
    "nothing": text("Nothing that does not agree was found among the figures that can be compared."),
    "notes": text("Differences of the last digit or the wording only"),
    "targets": text("Targets"),
    "years": text("Year by year"),
    "progress": text("Published values against the way"),
    "figures": text("Where every figure stands"),
    "sentences": text("Sentences of the document"),
    "unchecked": text("What was not checked"),
    "moments": text("What vague times could mean"),
    "steps": text("Worked with a pocket calculator"),
    "apart": text("difference"),
    "involved": text("The figures of this contradiction"),
    "figure": text("which figure"),
    "all_targets": text("all targets"),
    "all_figures": text("all figures"),
    "kind": text("kind"),
    "printed": text("as printed"),
    "would_do": text("would do alone"),
    "place": text("where it stands"),
    "section": text("section"),
    "line": text("line"),
    "path": text("the way there"),
    "plan": text("plan"),
    "city": text("place of the plan"),
    "period": text("period"),
    "wrong": text("must be wrong"),
    "check": text("to be checked"),
    "gravity": text("gravity"),
    "what": text("what is wrong"),
    "agree": text("targets that agree"),
    "search": text("Search plans and contradictions"),
    "shown": text("rows shown"),
    "sort": text("Sort by this column"),
    "left_out": text("Files left out"),
    "report": text("Do the plans' printed figures agree?"),
    "of_plans": text("Plans"),
    "ground": text(
        "A printed figure stands for every value that rounds to it; figures disagree where no such values agree. "
        "Growth is compounded, end = start × (1 + rate)^years; where growth at constant prices was taken as at "
        "current prices, the finding says so. The original document and its data decide what is right."
    ),
    "made": text("Made by plantrack {version}. This page loads nothing and sends nothing."),
    "no_document": text("Sentences are shown only where the document was given (--documents)."),
    "document": text("Read from {file}; the words of figures are marked."),
}
