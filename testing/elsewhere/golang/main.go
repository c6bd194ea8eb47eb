// Verifies tlog-proofs with Go's own packages for its checksum database.
// Usage: main TRUST FOLDER, where FOLDER holds *.sigstore.json and *.tlog-proof
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error, what string) {
	if err != nil {
		fmt.Fprintln(os.Stderr, what+":", err)
		os.Exit(1)
	}
}

func verifiers(trust string) note.Verifiers {
	text, err := os.ReadFile(trust)
	must(err, trust)
	var list []note.Verifier
	for _, line := range strings.Split(string(text), "\n") {
		if words := strings.Fields(line); len(words) == 2 && words[0] == "log" {
			verifier, err := note.NewVerifier(words[1])
			must(err, words[1])
			list = append(list, verifier)
		}
	}
	return note.VerifierList(list...)
}

func hash(text string) tlog.Hash {
	bytes, err := base64.StdEncoding.DecodeString(text)
	must(err, text)
	var hash tlog.Hash
	copy(hash[:], bytes)
	return hash
}

// The log's leaf, as the Sigstore bundle beside a proof carries it.
func leaf(file string) []byte {
	bytes, err := os.ReadFile(strings.TrimSuffix(file, ".tlog-proof") + ".sigstore.json")
	must(err, file)
	var bundle struct {
		VerificationMaterial struct {
			TlogEntries []struct{ CanonicalizedBody []byte }
		}
	}
	must(json.Unmarshal(bytes, &bundle), file)
	return bundle.VerificationMaterial.TlogEntries[0].CanonicalizedBody
}

func check(file string, known note.Verifiers) {
	text, err := os.ReadFile(file)
	must(err, file)
	head, checkpoint, _ := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	must(err, file)
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		proof = append(proof, hash(line))
	}
	signed, err := note.Open([]byte(checkpoint), known)
	must(err, file)
	words := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(words[1], 10, 64)
	must(err, file)
	entry := leaf(file)
	must(tlog.CheckRecord(proof, size, hash(words[2]), index, tlog.RecordHash(entry)), file)
	entry[0] ^= 1
	if tlog.CheckRecord(proof, size, hash(words[2]), index, tlog.RecordHash(entry)) == nil {
		must(fmt.Errorf("another leaf is accepted"), file)
	}
}

func main() {
	known := verifiers(os.Args[1])
	files, err := filepath.Glob(filepath.Join(os.Args[2], "*.tlog-proof"))
	must(err, os.Args[2])
	for _, file := range files {
		check(file, known)
	}
	if len(files) == 0 {
		must(fmt.Errorf("no proof"), os.Args[2])
	}
	fmt.Printf("%d proofs verified by Go's x/mod/sumdb\n", len(files))
}
