"""How yrkanden are worded: what the segmenter looks for when it cuts them, and the tagger when it reads them."""

from __future__ import annotations

import re

# For whom somebody speaks: "För C-gruppen", "På Vänsterpartiets vägnar", "Å Moderaternas vägnar".
ON_BEHALF = r"(?:För|Å|På) [\w -]{1,30}?(?:gruppen|partiet|erna|gruppens vägnar|partiets vägnar|ernas vägnar)"
# What is moved, with those who move it behind the colon, the next such line below it without a full stop.
BY_WHAT = re.compile(r"(?<=\)) (?=(?:Bifall|Avslag|Återremiss|Bordläggning)\b[^.:]{0,90}: [A-ZÅÄÖ])")
