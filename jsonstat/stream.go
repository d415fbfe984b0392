package jsonstat

import (
	"fmt"
	"strconv"
)

// stream is a document of which something may still be unread, see streamstate.go: what it
// holds, as far as that is known, and what is needed to bring it up to date. A document
// that is kept is a stream at stageKept, so that [Document] has one kind of content.
type stream struct {
	*contents
	frontMembers  map[string]bool // members in front of the cells
	streamed      *Dataset        // the one with the cells, once it was asked for
	cells         *textCells
	frontWarnings int // warnings in front of the cells
}

// dataset is the i-th embedded dataset, the same one each time.
func (s *stream) dataset(i int) (*Dataset, error) {
	if s.state.err != nil {
		return nil, s.state.err
	}
	if i >= len(s.refs) {
		_ = s.readRest() // there may be more of them behind the first
	}
	if i < 0 || i >= len(s.refs) {
		if err := s.noData(); err != nil {
			return nil, err
		}
		return nil, s.unknownDataset(strconv.Itoa(i))
	}
	ref := s.refs[i]
	if ref.ds == nil && ref.err == nil {
		if ref.ds, ref.err = decodeDataset(&s.decoder, ref.node); ref.err != nil {
			ref.ds = nil
			if s.state.stage == stageBeforeCells { // what stands behind may be worse
				_ = s.readRest()
				return s.dataset(i)
			}
			return nil, ref.err
		}
		ref.ds.unread = s
		s.noteStreamed(ref.ds)
	}
	return ref.ds, ref.err
}

// noteStreamed notes the dataset whose cells are those of the stream.
func (s *stream) noteStreamed(ds *Dataset) {
	if s.state.stage != stageBeforeCells {
		return
	}
	s.streamed, s.cells, s.frontMembers, s.frontWarnings = ds, ds.cells.(*textCells), membersInFront(ds.node), len(s.warned)
	s.state.finish = s.finish
	if !s.frontMembers["role"] {
		for _, dim := range ds.head.Dimensions {
			dim.unreadRole = s
		}
	}
}

// require makes sure that a member of the streamed dataset is known, or that its cells fail.
func (s *stream) require(name string) {
	if s.state.stage == stageKept || s.state.stage == stageFinished || s.frontMembers[name] {
		return
	}
	_ = s.readRest() // the error stays
	if s.state.stage == stageInCells && s.state.err == nil {
		what := fmt.Sprintf("%q", name)
		if name == "" {
			what = "the head"
		}
		s.state.err = fmt.Errorf("%s may come after the cells, and was requested while they are streamed: %w", what, ErrConsumed)
	}
}

// readRest keeps the rest of a stream whose cells were not read so far: the document is
// read again from what was spooled and is then as it would be without [Options].Stream.
// Datasets, dimensions and cells that were handed out stay the same objects and are
// brought up to date. It says what is wrong with the document.
func (s *stream) readRest() error {
	if s.state.stage != stageBeforeCells {
		return s.state.err
	}
	o := s.opts
	o.Stream = false
	kept := newContents(o, s.in)
	if err := kept.scan(); err != nil {
		s.warned = nil
		*s.state = streamState{err: err}
		return err
	}
	ds, cells := s.streamed, s.cells
	*s = stream{contents: kept}
	if ds == nil {
		return nil
	}
	again, err := s.dataset(0)
	if err != nil {
		s.state.err = err
		return err
	}
	// What was given out before is brought up to date.
	*cells = *again.cells.(*textCells)
	ds.updateHead(again)
	s.refs[0].ds = ds
	return nil
}

// finish reads what follows the values of a stream. nested says that the last one
// read is followed by an array or an object. Then all of the document is known, and
// it is looked at once more as that of a file is: so a stream has the same warnings
// and errors, in the same order.
func (s *stream) finish(count int64, nested bool) error {
	values := s.cells.value
	values.Count = count
	s.parser.IsCells = datasetCells(s.parser.Stopped())
	err := s.parser.Rest(nested, count)
	values.End = s.r.Offset()
	if err != nil {
		s.warned = nil
		return s.textError(err)
	}
	return s.reclassify()
}

// datasetCells tells the parser which rows behind the values of a stream are rows of cells:
// those of the dataset, if its members are at that depth. Statuses may be one level
// deeper, in the object that some call "status". All else of these names is text, such as
// a member of the provider's own: the stream cannot go back to it, so it is kept.
func datasetCells(depth int) func(name []byte, depth int) bool {
	status := false // it is in that object
	return func(name []byte, at int) bool {
		switch at {
		case depth:
			status = string(name) == "status"
			return status || string(name) == "value"
		case depth + 1:
			return status && string(name) == "value"
		}
		return false
	}
}

// reclassify decodes all of the document once more, now that it was read to its end. What
// is in front of the cells was warned of before, so the warnings are those of the new pass.
func (s *stream) reclassify() error {
	src := *s.source
	src.state = &streamState{stage: stageFinished}
	all := &contents{decoder: decoder{&src, &findings{text: &src, strict: s.strict}, s.opts}}
	late := s.warned[s.frontWarnings:]
	if err := all.classify(s.parser.Tree.Node(0)); err != nil {
		s.warned = nil
		return err
	}
	again, err := (&stream{contents: all}).dataset(0)
	s.warned = all.warned
	if err != nil {
		return err
	}
	if again.node.I != s.streamed.node.I {
		return s.errorAt(s.root, ErrNotJSONStat, "what follows the values makes the document something other than a %s", s.class)
	}
	for _, w := range late {
		s.add(w)
	}
	s.listing = all.listing
	s.streamed.updateHead(again)
	s.refs[0].ds = s.streamed
	s.state.stage, s.state.metadataOnly = stageFinished, s.streamed.noCells
	return nil
}
