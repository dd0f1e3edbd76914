// Writes down what the compiled files were made from, so that a test without Node notices stale ones.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"

const digest = createHash("sha256")
for (const folder of ["scss", "js"]) {
  for (const name of readdirSync(folder).sort()) digest.update(`${folder}/${name}\n`).update(readFileSync(`${folder}/${name}`))
}
digest.update(readFileSync("package-lock.json"))
writeFileSync("built_from.txt", digest.digest("hex") + "\n")
