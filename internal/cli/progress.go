package cli

import (
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cheggaaa/pb/v3"
	"github.com/cheggaaa/pb/v3/termutil"

	"github.com/jsonstat-go/toolkit/internal/screen"
)

// progress shows how far a run is: the input's name, and which share of it was read where
// that is known; else its bytes as they pass by, or those of the output. A nil one shows
// nothing, and costs nothing.
type progress struct {
	w     io.Writer
	name  string
	delay time.Duration
	width int

	bar     atomic.Pointer[pb.ProgressBar] // nil before start
	reading atomic.Bool                    // the bar counts what is read

	mu    sync.Mutex // guards what follows
	timer *time.Timer
	shown bool
	ended bool
}

// The bar, with a known end and without.
const (
	barTemplate     = `{{string . "name"}} {{percent . "%.0f%%"}} {{bar .}} {{rtime . "%s left" "" ""}}`
	counterTemplate = `{{string . "name"}} {{counters .}} {{speed . "%s/s" " "}}`
)

// newProgress decides whether there is anybody to look at it, on the terminal behind w.
// Where the output itself runs down the same screen, or the input is being typed, there
// is no room.
func newProgress(env Env, f files, w io.Writer) *progress {
	busy := f.out == stdStream && env.Terminal(env.Stdout) || f.in == stdStream && env.Terminal(env.Stdin)
	if busy || !env.Terminal(env.Stderr) {
		return nil
	}
	width := env.progressWidth
	if columns, err := termutil.TerminalWidth(); width == 0 && err == nil && columns == 0 {
		width = screenWidth // a terminal that does not know its size
	}
	return &progress{w: w, name: shortName(f), delay: env.progressDelay, width: width}
}

// shortName is the name of the input, or without one of the output, in a few letters.
func shortName(f files) string {
	const most = 30
	name := f.in
	switch {
	case isFile(f.in):
	case f.in == stdStream:
		return "standard input"
	default:
		name = f.out
	}
	runes := []rune(screen.Visible(filepath.Base(name)))
	if len(runes) > most {
		runes = append(runes[:most-3], []rune("...")...)
	}
	return string(runes)
}

// start begins to count towards total bytes, 0 if that is not known, and shows
// itself if the run takes long. Only the first start counts.
func (p *progress) start(total int64) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil || p.ended {
		return
	}
	template := counterTemplate
	if total > 0 {
		template = barTemplate
	}
	bar := pb.New64(total).SetTemplateString(template).SetWriter(p.w).SetWidth(p.width).SetMaxWidth(screenWidth)
	bar.Set("name", p.name).Set(pb.Bytes, true).Set(pb.SIBytesPrefix, true)
	bar.Set(pb.Terminal, true).Set(pb.Color, false).Set(pb.ReturnSymbol, "\r").Set(pb.CleanOnFinish, true)
	p.bar.Store(bar)
	p.timer = time.AfterFunc(p.delay, p.show)
}

// show puts the bar on the screen, where it draws itself.
func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended && !p.shown {
		p.shown = true
		p.bar.Load().Start()
	}
}

// stop takes the bar away for good.
func (p *progress) stop() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
	if p.shown && !p.ended {
		p.bar.Load().Finish()
	}
	p.ended = true
}

// visible tells whether a line of text would collide with the bar.
func (p *progress) visible() bool {
	if p == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown && !p.ended
}

// counts is the bar if it was started, else nil.
func (p *progress) counts() *pb.ProgressBar {
	if p == nil {
		return nil
	}
	return p.bar.Load()
}

// reader counts what is read from r.
func (p *progress) reader(r io.Reader) io.Reader {
	bar := p.counts()
	if bar == nil {
		return r
	}
	p.reading.Store(true)
	return &countingReader{r, bar}
}

// readerAt counts what is read from r.
func (p *progress) readerAt(r io.ReaderAt) io.ReaderAt {
	bar := p.counts()
	if bar == nil {
		return r
	}
	p.reading.Store(true)
	return &countingReaderAt{r, bar}
}

// wrote counts what was written, if nothing better is to be had.
func (p *progress) wrote(n int) {
	if bar := p.counts(); bar != nil && !p.reading.Load() {
		bar.Add(n)
	}
}

// advance tells a bar of bytes that were read. What is read at offsets may be read more
// than once: the bar ends at its end, if that is known.
func advance(bar *pb.ProgressBar, n int) {
	if total := bar.Total(); total > 0 {
		n = int(max(0, min(int64(n), total-bar.Current())))
	}
	bar.Add(n)
}

// countingReader tells a bar what passes through.
type countingReader struct {
	r   io.Reader
	bar *pb.ProgressBar
}

// Read reads from the reader below.
func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	advance(c.bar, n)
	return n, err
}

// countingReaderAt tells a bar what is read at offsets.
type countingReaderAt struct {
	r   io.ReaderAt
	bar *pb.ProgressBar
}

// ReadAt reads from the reader below.
func (c *countingReaderAt) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(b, off)
	advance(c.bar, n)
	return n, err
}
