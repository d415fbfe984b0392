package xlsxconv

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
)

// blockSize is how much text is compressed at a time. Blocks do not refer to each
// other, which costs little at this size.
const blockSize = 256 << 10

// blocksAhead is how many blocks are being compressed while the next is filled.
// The bytes that come out do not depend on it.
const blocksAhead = 2

// deflater compresses a stream in blocks, beside the one who fills them. Append to
// buf and call full when there is a block.
type deflater struct {
	w      io.Writer
	buf    []byte
	queue  []*block // being compressed, the oldest first
	free   []*block
	crc    uint32
	size   uint64 // of the text
	packed uint64 // of what was written
}

// block is a piece of the stream.
type block struct {
	text []byte
	out  bytes.Buffer
	fw   *flate.Writer
	err  error
	done chan struct{}
}

// start begins a stream; the memory of the one before is used again.
func (d *deflater) start(w io.Writer) {
	d.w, d.crc, d.size, d.packed = w, 0, 0, 0
	if d.buf == nil {
		d.buf = make([]byte, 0, blockSize+4096)
	}
}

// write appends bytes of any length.
func (d *deflater) write(p []byte) error {
	for len(p) > 0 {
		n := min(len(p), max(blockSize-len(d.buf), 1))
		d.buf = append(d.buf, p[:n]...)
		if p = p[n:]; len(d.buf) >= blockSize {
			if err := d.full(); err != nil {
				return err
			}
		}
	}
	return nil
}

// full takes the buffer away to be compressed and gives an empty one.
func (d *deflater) full() error { return d.send(false) }

func (d *deflater) send(last bool) error {
	var b *block
	if n := len(d.free); n > 0 {
		b, d.free = d.free[n-1], d.free[:n-1]
	} else {
		fw, err := flate.NewWriter(nil, flate.BestSpeed)
		if err != nil {
			return err
		}
		b = &block{fw: fw, text: make([]byte, 0, blockSize+4096), done: make(chan struct{}, 1)}
	}
	b.text, d.buf = d.buf, b.text[:0]
	d.crc = crc32.Update(d.crc, crc32.IEEETable, b.text)
	d.size += uint64(len(b.text))
	d.queue = append(d.queue, b)
	go b.compress(last)
	if len(d.queue) > blocksAhead {
		return d.oldest()
	}
	return nil
}

// compress is what runs beside.
func (b *block) compress(last bool) {
	b.out.Reset()
	b.fw.Reset(&b.out)
	_, b.err = b.fw.Write(b.text)
	if b.err == nil && last {
		b.err = b.fw.Close()
	} else if b.err == nil {
		b.err = b.fw.Flush()
	}
	b.done <- struct{}{}
}

// oldest writes the oldest block out.
func (d *deflater) oldest() error {
	b := d.queue[0]
	d.queue = append(d.queue[:0], d.queue[1:]...)
	<-b.done
	d.free = append(d.free, b)
	if b.err != nil {
		return b.err
	}
	n, err := d.w.Write(b.out.Bytes())
	d.packed += uint64(n)
	return err
}

// end compresses what is left and writes everything out.
func (d *deflater) end() error {
	err := d.send(true)
	for err == nil && len(d.queue) > 0 {
		err = d.oldest()
	}
	return err
}

// abandon waits for what is still running after a failure.
func (d *deflater) abandon() {
	for _, b := range d.queue {
		<-b.done
	}
	d.queue = nil
}
