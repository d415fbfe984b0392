package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A sampler draws the runs. The same seed draws the same ones, as long as the
// commands, their flags and the documents are the same.
type sampler struct {
	commands []Command
	library  *Library
	seed     uint64
	times    int
	all      bool
}

// runs are all runs, those of pxfetch first: they wait for each other least then.
func (s *sampler) runs() ([]Run, error) {
	var runs []Run
	seen := map[string]bool{}
	for _, cmd := range s.commands {
		var mine []Run
		var err error
		if cmd.Name == pxfetch {
			mine = pxRuns()
		} else if mine, err = s.commandRuns(cmd); err != nil {
			return nil, err
		}
		if err := coversAll(cmd, mine); err != nil {
			return nil, err
		}
		if cmd.Name == pxfetch {
			runs = append(mine, runs...)
			continue
		}
		runs = append(runs, mine...)
	}
	return slices.DeleteFunc(runs, func(r Run) bool {
		key := r.String()
		again := seen[key]
		seen[key] = true
		return again
	}), nil
}

// coversAll holds that each flag of a command is in some run.
func coversAll(cmd Command, runs []Run) error {
	for _, f := range cmd.Flags {
		if !slices.ContainsFunc(runs, func(r Run) bool { return r.has(f) }) {
			return fmt.Errorf("the flag %s of %s is in no run", f, cmd.Name)
		}
	}
	return nil
}

// documents are names of documents for a command, by kind. more asks for as many
// as make sense in a run over everything.
func (s *sampler) documents(command string, rng *rand.Rand) map[string][]string {
	count, base := 40*s.times, s.seed*1_000_000
	if s.all {
		count = 300
	}
	made := map[string][]string{}
	for i := range count {
		made["random"] = append(made["random"], "random/"+strconv.FormatUint(base+uint64(rng.IntN(100_000)), 10))
		made["odd"] = append(made["odd"], "odd/"+strconv.FormatUint(base+uint64(rng.IntN(100_000)), 10))
		made["sdmx"] = append(made["sdmx"], "sdmx/"+strconv.FormatUint(base+uint64(i), 10))
	}
	kinds := map[string][]string{}
	add := func(name string) {
		kind, _, _ := strings.Cut(name, "/")
		kinds[kind] = append(kinds[kind], name)
	}
	each := func(names []string) {
		for _, name := range names {
			add(name)
		}
	}
	format := inputFormat(command)
	each(s.library.namesOf(format))
	sources := append(s.library.namesOf("json"), append(made["random"], made["odd"]...)...)
	switch format {
	case "json":
		each(made["random"])
		each(made["odd"])
	case "sdmx":
		each(made["sdmx"])
	default:
		list := recipes(format)
		for range len(list) * count / 4 {
			add("made/" + format + "-" + strconv.Itoa(rng.IntN(len(list))) + "/" + sources[rng.IntN(len(sources))])
		}
	}
	var whole []string
	for _, kind := range documentKinds {
		whole = append(whole, kinds[kind]...)
	}
	ways := damages(format)
	for range count {
		add("damaged/" + ways[rng.IntN(len(ways))] + "-" + strconv.Itoa(rng.IntN(1000)) + "/" + whole[rng.IntN(len(whole))])
	}
	for _, kind := range documentKinds {
		rng.Shuffle(len(kinds[kind]), func(i, k int) { kinds[kind][i], kinds[kind][k] = kinds[kind][k], kinds[kind][i] })
	}
	return kinds
}

// documentKinds are the kinds of documents, in the order in which they take
// turns: what tells most comes most often.
var documentKinds = []string{"own", "shapes", "odd", "random", "vectors", "made", "testdata", "sdmx", "scripts", "corpus", "damaged"}

// turns give the names of documents out so that every kind comes up.
type turns struct {
	kinds map[string][]string
	at    map[string]int
	order []string
	n     int
}

func newTurns(kinds map[string][]string) *turns {
	t := &turns{kinds: kinds, at: map[string]int{}}
	weights := map[string]int{"own": 3, "shapes": 4, "odd": 4, "random": 2, "vectors": 2, "made": 6, "sdmx": 4, "damaged": 3}
	for round := range 6 {
		for _, kind := range documentKinds {
			if len(kinds[kind]) > 0 && round < max(1, weights[kind]) {
				t.order = append(t.order, kind)
			}
		}
	}
	return t
}

func (t *turns) next() string {
	kind := t.order[t.n%len(t.order)]
	t.n++
	names := t.kinds[kind]
	name := names[t.at[kind]%len(names)]
	t.at[kind]++
	return name
}

// inputFormat is what a command reads.
func inputFormat(command string) string {
	if from, ok := strings.CutSuffix(command, "2jsonstat"); ok && from != "jsonstat" {
		return from
	}
	return "json"
}

// together is how many runs of a command try several options together.
const together = 180

// optionCounts are how many options a run gets at most, each as often as it
// stands here.
var optionCounts = []int{0, 1, 2, 3, 3, 4, 4, 5, 6, 7}

// A choice is one setting of one flag.
type choice struct {
	flag Flag
	set  setting
}

// commandRuns are the runs of a command: each setting of each flag alone, then
// some together, on documents of all kinds, in all modes.
func (s *sampler) commandRuns(cmd Command) ([]Run, error) {
	rng := rand.New(rand.NewPCG(s.seed, hash(cmd.Name)))
	kinds := s.documents(cmd.Name, rng)
	var choices []choice
	var useful []Flag // those that change what is done
	for _, f := range cmd.Flags {
		for _, set := range settings(cmd.Name, f) {
			choices = append(choices, choice{f, set})
		}
		if !slices.Contains([]string{"help", "version", "man", "completion", "stream", "output", "force"}, f.Name) {
			useful = append(useful, f)
		}
	}
	var runs []Run
	var d *Document
	add := func(name, mode string, chosen ...choice) (err error) {
		if d == nil || d.Name != name {
			if d, err = s.library.find(name); err != nil {
				return err
			}
		}
		c := &chooser{rng, d.Cube}
		r := Run{Command: cmd.Name, Mode: mode, Document: name}
		for _, ch := range chosen {
			r.Options = append(r.Options, ch.set.words(c)...)
		}
		if d.Cube.tooLarge(r.Options) {
			return nil
		}
		r.Options = spell(r.Options, rng)
		runs = append(runs, r)
		return nil
	}
	// Several options act together only if none of them ends the run.
	some := func() []choice {
		var chosen []choice
		for range optionCounts[rng.IntN(len(optionCounts))] {
			f := useful[rng.IntN(len(useful))]
			sets := settings(cmd.Name, f)
			ch := choice{f, sets[rng.IntN(len(sets))]}
			if (ch.set.fails || f.Name == "strict") && rng.IntN(8) > 0 || slices.ContainsFunc(chosen, func(o choice) bool { return o.flag.Name == f.Name }) {
				continue
			}
			chosen = append(chosen, ch)
		}
		return chosen
	}
	if s.all {
		for _, kind := range documentKinds {
			for i, name := range kinds[kind] {
				for k, ch := range choices {
					if err := add(name, modes[(i+k)%2], ch); err != nil {
						return nil, err
					}
				}
				for k := range 8 {
					if err := add(name, modes[k%len(modes)], some()...); err != nil {
						return nil, err
					}
				}
			}
		}
		return runs, nil
	}
	order := newTurns(kinds)
	for i, ch := range choices {
		for k := range s.times {
			// A document may be too large: there is another one then.
			for before, tries := len(runs), 0; len(runs) == before && tries < 100; tries++ {
				if err := add(order.next(), modes[(i+k)%2], ch); err != nil {
					return nil, err
				}
			}
		}
	}
	for i := range together * s.times {
		if err := add(order.next(), modes[i%len(modes)], some()...); err != nil {
			return nil, err
		}
	}
	return runs, nil
}

// spell writes options in another way: letters together, as -sf, and values in a
// word of their own.
func spell(words []string, rng *rand.Rand) []string {
	var list []string
	for _, w := range words {
		last := len(list) - 1
		name, value, ok := strings.Cut(w, "=")
		switch {
		case len(w) == 2 && last >= 0 && list[last][0] == '-' && list[last][1] != '-' && !strings.Contains(list[last], "=") && rng.IntN(2) == 0:
			list[last] += w[1:]
		case ok && value != "" && value[0] != '-' && rng.IntN(3) == 0:
			list = append(list, name, value)
		default:
			list = append(list, w)
		}
	}
	return list
}

// hash is a number for a text.
func hash(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64()
}
