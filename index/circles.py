"""The circles that everybody knows; all others are keys that whoever asks makes up (`index.storage.circles`)."""

HOUSE = "house"  # what everybody is answered from
HOUSE_ID = 1  # of the table `circles`, as the migration writes it
BY_HAND = 0  # in place of a feed's id: files, pages and `verbatim add`
