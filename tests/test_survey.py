"""A survey tells what an audit tells of targets and implied quantities."""

from plantrack.audit import audit_plans
from plantrack.audit.targets_and_derived import survey_plans
from plantrack.reading import find_plan, load_catalogue, read_plan_file

CATALOGUE = load_catalogue()


def test_targets_and_latents_are_those_of_the_audit() -> None:
    plans = [
        read_plan_file(find_plan(name), CATALOGUE).require() for name in ("zhuhai", "zhanjiang", "zhuhai")
    ]
    survey, audit = survey_plans(plans, CATALOGUE), audit_plans(plans, CATALOGUE)
    assert survey.plans == audit.plans
    assert survey.targets == audit.targets
    assert survey.latents == audit.latents
