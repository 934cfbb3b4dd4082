// Verifies the proofs of a log with the Go checksum database's own packages, which share no code with Gatebook.
// Input: a file of JSON that the test writes. Output: "verified", or the first thing that is wrong.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type input struct {
	VKey, Note, Tiles string
	Size              int64
	Root              string
	Inclusions        []struct {
		Index int64
		Leaf  string
		Proof []string
	}
	Consistencies []struct {
		Size  int64
		Root  string
		Proof []string
	}
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func hash(text string) (h tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err)
	copy(h[:], bytes)
	return h
}

func hashes(texts []string) (all []tlog.Hash) {
	for _, text := range texts {
		all = append(all, hash(text))
	}
	return all
}

// Reads the tiles that the server answered, under their paths of C2SP.
type reader struct{ folder string }

func (reader) Height() int                          { return 8 }
func (reader) SaveTiles([]tlog.Tile, [][]byte)      {}
func (r reader) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(r.folder, tile.Path()))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func main() {
	var in input
	bytes, err := os.ReadFile(os.Args[1])
	check(err)
	check(json.Unmarshal(bytes, &in))
	verifier, err := note.NewVerifier(in.VKey)
	check(err)
	_, err = note.Open([]byte(in.Note), note.VerifierList(verifier))
	check(err)
	root := hash(in.Root)
	for _, one := range in.Inclusions {
		check(tlog.CheckRecord(hashes(one.Proof), in.Size, root, one.Index, hash(one.Leaf)))
	}
	for _, one := range in.Consistencies {
		check(tlog.CheckTree(hashes(one.Proof), in.Size, root, one.Size, hash(one.Root)))
	}
	tree := tlog.TileHashReader(tlog.Tree{N: in.Size, Hash: root}, reader{in.Tiles})
	for _, one := range in.Inclusions {
		read, err := tree.ReadHashes([]int64{tlog.StoredHashIndex(0, one.Index)})
		check(err)
		if read[0] != hash(one.Leaf) {
			check(fmt.Errorf("leaf %d differs in its tile", one.Index))
		}
	}
	fmt.Println("verified")
}
