package conformance_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// An outcome is how a call ended on one side.
type outcome struct {
	out    string
	err    string // "" if there is output
	crash  bool   // of the reference: a stack trace
	failed bool
}

func (o outcome) String() string {
	switch {
	case o.crash:
		return "crash: " + o.err
	case o.failed:
		return "error: " + o.err
	}
	return fmt.Sprintf("%q", o.out)
}

// A comparison is a call on a document, on both sides.
type comparison struct {
	*document
	call csvCall

	ref, ours outcome
}

// ask runs a call on the side of the reference.
func ask(t testing.TB, r *reference, d *document, call csvCall) *comparison {
	t.Helper()
	c := &comparison{document: d, call: call}
	out, err := r.run(t, "jsonstat2csv", d.text, call.suite())
	c.ref = outcome{out: out}
	if err != nil {
		c.ref = outcome{err: err.Message, crash: err.Crash, failed: true}
	}
	if c.pollutes() {
		r.close()
	}
	return c
}

// compare runs a call on both sides.
func compare(t testing.TB, r *reference, d *document, call csvCall) *comparison {
	t.Helper()
	c := ask(t, r, d, call)
	c.ours = d.ours(call)
	return c
}

// ours runs a call on our side.
func (d *document) ours(call csvCall) outcome {
	var out string
	err := d.err
	switch {
	case err != nil:
	case d.doc.Class() == jsonstat.ClassDimension:
		var dim *jsonstat.Dimension
		if dim, err = d.doc.Dimension(); err == nil {
			var b bytes.Buffer
			err = convert.WriteDimensionCSV(&b, dim, call.options())
			out = b.String()
		}
	default:
		out, err = call.ours(d.ds)
	}
	if err != nil {
		return outcome{err: err.Error(), failed: true}
	}
	return outcome{out: out}
}

// A verdict is what a comparison came to.
type verdict struct {
	kind    verdictKind
	applied []string // the differences that took part
	problem string   // of a mismatch
}

type verdictKind uint8

const (
	same         verdictKind = iota // the bytes are the same as they are
	equal                           // they are once the listed differences are made
	bothRefuse                      // no output on either side
	listed                          // output on one side alone, for a listed difference
	notComparing                    // a listed difference leaves nothing to compare
	mismatch
)

// judge holds the two sides against the list of differences.
func (c *comparison) judge() verdict {
	if c.ref.failed && c.ours.failed {
		return verdict{kind: bothRefuse}
	}
	var v verdict
	ends := map[ending]string{}
	var edits []*difference
	for i := range differences {
		if d := &differences[i]; d.applies != nil && d.applies(c) {
			if d.ends == bothWrite {
				edits = append(edits, d)
			} else {
				ends[d.ends] = d.name
				v.applied = append(v.applied, d.name)
			}
		}
	}
	fail := func(format string, args ...any) verdict {
		return verdict{mismatch, v.applied, fmt.Sprintf(format, args...)}
	}
	switch {
	case ends[unlike] != "" || c.ref.failed && ends[theyEnd] != "":
		v.kind = listed
		if !c.ref.failed && !c.ours.failed {
			v.kind = notComparing
		}
		// There is nothing to compare with, but it must be a table.
		if c.cube != nil && !c.ours.failed && len(c.call.alsoBy) == 0 {
			if _, err := readTable(c.ours.out, c.call, c.document); err != nil {
				return fail("%v", err)
			}
		}
		return v
	case c.ref.failed:
		return fail("the reference writes nothing (%v), and no listed difference says why", c.ref)
	case c.ours.failed:
		if ends[weEnd] == "" {
			return fail("we write nothing (%v), and no listed difference says why", c.ours)
		}
		v.kind = listed
		return v
	case ends[theyEnd] != "" || ends[weEnd] != "":
		return fail("both sides write, though %s%s should keep one from it", ends[theyEnd], ends[weEnd])
	case c.ours.out == c.ref.out:
		v.kind = same
		return v
	case len(edits) == 0:
		return fail("%s", firstDifference(c.ours.out, c.ref.out, "ours     ", "reference"))
	}
	t, err := readTable(c.ours.out, c.call, c.document)
	if err != nil {
		return fail("%v", err)
	}
	before := c.ours.out
	for _, d := range edits {
		d.edit(c, t)
		if after := t.String(); after != before {
			v.applied = append(v.applied, d.name)
			before = after
		}
	}
	if before != c.ref.out {
		return fail("with the differences %s made: %s", strings.Join(v.applied, ", "),
			firstDifference(before, c.ref.out, "ours     ", "reference"))
	}
	v.kind = equal
	return v
}

// report is what a failure prints: all that is needed to see it again.
func (c *comparison) report(v verdict) string {
	text := string(c.text)
	if len(text) > 4000 {
		text = text[:4000] + "…"
	}
	return fmt.Sprintf("%s\n%s\n%s\ndocument: %s", c.name, c.call, v.problem, text)
}
