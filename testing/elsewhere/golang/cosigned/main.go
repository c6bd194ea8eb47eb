// Verifies a cosigned checkpoint with Go's own package for signed notes, which knows logs' keys; a
// witness's key takes the verifier below. Usage: main POLICY CHECKPOINT
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

func must(err error, what string) {
	if err != nil {
		fmt.Fprintln(os.Stderr, what+":", err)
		os.Exit(1)
	}
}

// A witness's key, as C2SP tlog-cosignature has it: type 0x04, eight bytes of time before the signature.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }

func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(w.key, []byte(message), signature[8:])
}

func newWitness(vkey string) witness {
	parts := strings.SplitN(vkey, "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	must(err, vkey)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must(err, vkey)
	if len(key) != 33 || key[0] != 0x04 {
		must(fmt.Errorf("no key of a witness"), vkey)
	}
	return witness{parts[0], uint32(hash), key[1:]}
}

func main() {
	policy, err := os.ReadFile(os.Args[1])
	must(err, os.Args[1])
	var known []note.Verifier
	for _, line := range strings.Split(string(policy), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) > 1 && words[0] == "log":
			log, err := note.NewVerifier(words[1])
			must(err, words[1])
			known = append(known, log)
		case len(words) > 2 && words[0] == "witness":
			known = append(known, newWitness(words[2]))
		}
	}
	checkpoint, err := os.ReadFile(os.Args[2])
	must(err, os.Args[2])
	signed, err := note.Open(checkpoint, note.VerifierList(known...))
	must(err, os.Args[2])
	if len(signed.Sigs) != len(known) {
		must(fmt.Errorf("%d of %d keys signed it", len(signed.Sigs), len(known)), os.Args[2])
	}
	changed := bytes.Replace(checkpoint, []byte("\n"), []byte("x\n"), 1)
	if _, err := note.Open(changed, note.VerifierList(known...)); err == nil {
		must(fmt.Errorf("another log's name is accepted"), os.Args[2])
	}
	fmt.Printf("a checkpoint with %d signatures verified by Go's x/mod/sumdb/note\n", len(signed.Sigs))
}
