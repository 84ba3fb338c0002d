"""How a value becomes public: the transitions, and which version of a value somebody sees.

draft → submitted → approved, or returned with a note; what was never public is taken back by its author,
what was public by an approver with a reason (F32, F35). An approver may approve a value of his own, so
that a team of one can work; such an approval is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.observation import WorkflowState
from dashboard.domain.roles import Permission

DRAFT, SUBMITTED, APPROVED, RETURNED, WITHDRAWN = WorkflowState
PENDING = frozenset({DRAFT, SUBMITTED})
"""States in which a value is shown to the team and not to readers."""


class Action(StrEnum):
    """What a person decides about a value."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another. `own`: only for the author of the value; `note`: needs a note."""

    to: WorkflowState
    permission: Permission
    own: bool = False
    note: bool = False


_TAKE_BACK = (
    Transition(WITHDRAWN, Permission.RECORD, own=True),
    Transition(WITHDRAWN, Permission.APPROVE, note=True),
)
TRANSITIONS: dict[tuple[Action, WorkflowState], tuple[Transition, ...]] = {
    (Action.SUBMIT, DRAFT): (Transition(SUBMITTED, Permission.RECORD),),
    (Action.SUBMIT, RETURNED): (Transition(SUBMITTED, Permission.RECORD, note=True),),
    (Action.APPROVE, DRAFT): (Transition(APPROVED, Permission.APPROVE, own=True),),
    (Action.APPROVE, SUBMITTED): (Transition(APPROVED, Permission.APPROVE),),
    (Action.RETURN, SUBMITTED): (Transition(RETURNED, Permission.APPROVE, note=True),),
    (Action.WITHDRAW, DRAFT): _TAKE_BACK,
    (Action.WITHDRAW, SUBMITTED): _TAKE_BACK,
    (Action.WITHDRAW, RETURNED): _TAKE_BACK,
    (Action.WITHDRAW, APPROVED): (Transition(WITHDRAWN, Permission.APPROVE, note=True),),
}
"""The whole workflow; what is not here is not possible. A withdrawn value comes back as a new version."""


def transition(
    action: Action, state: WorkflowState, own: bool, may: Callable[[Permission], bool]
) -> Transition | None:
    """The way that this person may go, None where there is none for them.

    `own` says whether they wrote the value. Of two ways the first allowed one is taken, so an author is
    not asked for a note where only others are.
    """
    for way in TRANSITIONS.get((action, state), ()):
        if may(way.permission) and (own or not way.own):
            return way
    return None


def actions(state: WorkflowState, own: bool, may: Callable[[Permission], bool]) -> tuple[Action, ...]:
    """What this person may decide about a value in this state: the buttons beside it."""
    return tuple(action for action in Action if transition(action, state, own, may) is not None)


NOW = 2**62
"""Later than every revision: also what the running unit of work has written is known."""


@dataclass(frozen=True, slots=True)
class Version:
    """One row of a value with its natural key: its place in the sequence and the states it went through.

    `states` are pairs (revision, state), the recorded one first, then one a decision.
    """

    id: int
    sequence: int
    states: tuple[tuple[int, WorkflowState], ...]

    def state(self, revision: int = NOW) -> WorkflowState | None:
        """The state as known at a revision; None where the row was not there yet."""
        known = [state for number, state in self.states if number <= revision]
        return known[-1] if known else None

    def public(self, revision: int = NOW) -> bool:
        """Whether readers are or were shown what it says, or were told by it that there is no value."""
        first = self.states[0][1]
        return first is WITHDRAWN or any(s is APPROVED for number, s in self.states if number <= revision)

    def discarded(self, revision: int = NOW) -> bool:
        """Whether it was taken back before it was ever public: as if it had never been written."""
        return self.state(revision) is WITHDRAWN and not self.public(revision)


def shown(versions: Sequence[Version], pending: bool, revision: int = NOW) -> Version | None:
    """The version that is shown to readers, or with `pending` to the team; None where none is.

    The newest row that is approved (or pending) counts. A row withdrawn after it was public hides the
    older ones; one that was discarded does not.
    """
    for version in sorted(versions, key=lambda v: -v.sequence):
        state = version.state(revision)
        if state is APPROVED or (pending and state in PENDING):
            return version
        if state is WITHDRAWN and not version.discarded(revision):
            return None
    return None


def head(versions: Sequence[Version]) -> Version | None:
    """The version that can be decided about: the newest that was not discarded."""
    standing = [version for version in versions if not version.discarded()]
    return max(standing, key=lambda version: version.sequence, default=None)
