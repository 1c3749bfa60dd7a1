"""By which notifier each message goes: one for phones, one for posts, each at its own pace."""

from __future__ import annotations

from attrs import frozen

from adminduk import plugins
from adminduk.office.pace import Pace, pace_of
from adminduk.ports import Notifier

__all__ = ["Channel", "Channels"]


@frozen
class Channel:
    """A notifier, and how fast it is given messages."""

    notifier: Notifier
    pace: Pace

    @classmethod
    def opened(cls, notifier: str | Notifier) -> Channel:
        """Open the notifier of a URL, which may end in a pace.

        Raises:
            InvalidInput: No plugin knows the URL, or that is no pace.
        """
        if not isinstance(notifier, str):
            return cls(notifier, Pace())
        url, pace = pace_of(notifier)
        return cls(plugins.open_notifier(url), pace)


@frozen
class Channels:
    """The channels of an office.

    Attributes:
        phones: For who has a phone.
        posts: For the posts of the office; the same where they have none of their own.
    """

    phones: Channel
    posts: Channel

    @classmethod
    def opened(cls, notifier: str | Notifier, posts: str | Notifier | None) -> Channels:
        """Open both. Raises as `Channel.opened`."""
        phones = Channel.opened(notifier)
        return cls(phones, phones if posts is None else Channel.opened(posts))

    def of(self, to: str) -> Channel:
        """Give the channel of a recipient."""
        return self.posts if "@" in to else self.phones

    @property
    def longest(self) -> float:
        """The seconds between two messages where it goes slowest."""
        return max(self.phones.pace.seconds, self.posts.pace.seconds)
