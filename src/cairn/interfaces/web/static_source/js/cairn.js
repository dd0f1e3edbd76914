// Everything here is an enhancement: each page works without it.
import { Button, ErrorSummary, SkipLink, createAll } from "govuk-frontend"
import { keepDrafts } from "./autosave.js"
import { offerDates } from "./dates.js"
import { tellParts } from "./parts.js"
import { offerPasskeys } from "./passkey.js"
import { revealFields } from "./reveal.js"
import { watchSession } from "./session.js"
import { openWhyInPlace } from "./why.js"

document.body.classList.add("js-enabled", "govuk-frontend-supported")
for (const component of [Button, ErrorSummary, SkipLink]) createAll(component)
revealFields(document)
offerDates(document)
openWhyInPlace(document)
keepDrafts(document)
tellParts(document)
offerPasskeys(document)
watchSession(document.body)
