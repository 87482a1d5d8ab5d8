"""What is said about one neuron: the teacher's plan."""

from tests.pages.prose.claims import Claims
from tests.pages.prose.plans import PLAN

CLAIMS: Claims = {
    "pages/_neuron/prose/teachers.md": {"Fifteen minutes": PLAN},
}
