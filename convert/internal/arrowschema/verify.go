package arrowschema

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// The module believes the lengths that a table claims, and makes room for so many
// bytes or fields. So messages are read, and schemas looked through, before it sees them.

var errSchema = errors.New("the schema is damaged")

// buffer is a flatbuffer: tables of offsets, little-endian.
type buffer struct {
	b    []byte
	left int // fields that may still come up: a buffer has room for fewer than bytes
}

// Numbers of the members in the tables of Arrow's Message, Footer, Schema and Field.
const (
	messageHeader = 2
	messageBody   = 3 // its length
	footerSchema  = 1
	schemaFields  = 1
	schemaKeys    = 2
	fieldChildren = 5
	fieldKeys     = 6
	maxFieldDepth = 64
)

// VerifyFooter looks through the schema in the footer of a file.
func VerifyFooter(b []byte) error { return verify(b, footerSchema) }

func verify(b []byte, member int) (err error) {
	defer refuse(&err)
	f := &buffer{b, len(b)}
	root := int(f.u32(0))
	schema, ok := f.follow(root, member)
	if !ok {
		return nil // what the module says of that is good enough
	}
	if err := f.vector(schema, schemaKeys, func(int) error { return nil }); err != nil {
		return err
	}
	return f.vector(schema, schemaFields, func(field int) error { return f.field(field, 0) })
}

// bodyLength is the length of the body that belongs to a message.
func bodyLength(b []byte) (n int64, err error) {
	defer refuse(&err)
	f := &buffer{b, len(b)}
	at, ok := f.member(int(f.u32(0)), messageBody)
	if !ok {
		return 0, nil
	}
	return int64(binary.LittleEndian.Uint64(b[at:])), nil
}

// refuse makes an error of a panic, which an offset out of the buffer is.
func refuse(err *error) {
	if recover() != nil {
		*err = errSchema
	}
}

func (f *buffer) u32(at int) uint32 { return binary.LittleEndian.Uint32(f.b[at:]) }

// member is where the member of a table stands.
func (f *buffer) member(table, member int) (at int, ok bool) {
	vtable := table - int(int32(f.u32(table)))
	size := int(binary.LittleEndian.Uint16(f.b[vtable:]))
	slot := 4 + 2*member
	if slot >= size { // as the module sees it
		return 0, false
	}
	offset := int(binary.LittleEndian.Uint16(f.b[vtable+slot:]))
	if offset == 0 {
		return 0, false
	}
	return table + offset, true
}

// follow is where a member that is not in the table itself lies.
func (f *buffer) follow(table, member int) (at int, ok bool) {
	if at, ok = f.member(table, member); !ok {
		return 0, false
	}
	return at + int(f.u32(at)), true
}

// vector goes through the tables of a vector.
func (f *buffer) vector(table, member int, each func(at int) error) error {
	at, ok := f.follow(table, member)
	if !ok {
		return nil
	}
	n := int(f.u32(at))
	if n > (len(f.b)-at)/4 || n > f.left {
		return errSchema
	}
	f.left -= n
	for i := range n {
		item := at + 4 + 4*i
		if err := each(item + int(f.u32(item))); err != nil {
			return err
		}
	}
	return nil
}

func (f *buffer) field(at, depth int) error {
	if depth > maxFieldDepth {
		return errSchema
	}
	if err := f.vector(at, fieldKeys, func(int) error { return nil }); err != nil {
		return err
	}
	return f.vector(at, fieldChildren, func(child int) error { return f.field(child, depth+1) })
}

// continuation stands in front of messages since 2019.
const continuation = 0xffffffff

// Messages reads the messages of a stream for the module.
type Messages struct {
	r     io.Reader
	left  int64 // bytes of the stream
	mem   memory.Allocator
	last  *ipc.Message
	ended bool
	begun bool
	pipe  bool // of a length that nobody knows
}

// NewMessages reads the messages of a stream of so many bytes.
func NewMessages(r io.Reader, length int64, mem memory.Allocator) *Messages {
	return &Messages{r: r, left: length, mem: mem}
}

// NewStream reads the messages of a stream of unknown length.
func NewStream(r io.Reader, mem memory.Allocator) *Messages {
	return &Messages{r: r, left: math.MaxInt64, mem: mem, pipe: true}
}

// room is how much room is made at once for what a stream of unknown length claims; the
// rest follows as it comes.
const room = 1 << 20

// Ended tells whether the mark of the end was read.
func (m *Messages) Ended() bool { return m.ended }

// Retain and Release are for a module that counts references.
func (m *Messages) Retain() {}

// Release is the counterpart of Retain.
func (m *Messages) Release() {}

// Message reads the next message, which is good until the one after, or io.EOF.
func (m *Messages) Message() (*ipc.Message, error) {
	n, err := m.length()
	if err != nil {
		return nil, err
	}
	if n > m.left {
		return nil, fmt.Errorf("a message claims %d bytes, of which %d are there", n, m.left)
	}
	var meta []byte
	for have := int64(0); have < n; {
		size := n
		if m.pipe {
			size = min(n, max(room, 2*have))
		}
		meta = append(make([]byte, 0, size), meta...)[:size]
		if err := m.read(meta[have:]); err != nil {
			return nil, err
		}
		have = size
	}
	if !m.begun {
		m.begun = true
		if err := verify(meta, messageHeader); err != nil {
			return nil, err
		}
	}
	size, err := bodyLength(meta)
	if err != nil {
		return nil, err
	}
	if size < 0 || size > m.left {
		return nil, fmt.Errorf("the body of a message claims %d bytes, of which %d are there", size, m.left)
	}
	body := memory.NewResizableBuffer(m.mem)
	defer body.Release()
	for have := int64(0); have < size; {
		next := size
		if m.pipe {
			next = min(size, max(room, 2*have))
		}
		body.Resize(int(next))
		if err := m.read(body.Bytes()[have:]); err != nil {
			return nil, err
		}
		have = next
	}
	if m.last != nil {
		m.last.Release()
	}
	m.last = ipc.NewMessage(memory.NewBufferBytes(meta), body)
	return m.last, nil
}

// length is that of the next message without its body.
func (m *Messages) length() (int64, error) {
	var word [4]byte
	if err := m.read(word[:]); err != nil {
		return 0, err
	}
	n := binary.LittleEndian.Uint32(word[:])
	if n == continuation {
		if err := m.read(word[:]); err == io.EOF {
			return 0, io.ErrUnexpectedEOF
		} else if err != nil {
			return 0, err
		}
		n = binary.LittleEndian.Uint32(word[:])
	}
	if n == 0 {
		m.ended = true
		return 0, io.EOF
	}
	return int64(n), nil
}

// read fills p. The end in its middle is none that was meant.
func (m *Messages) read(p []byte) error {
	n, err := io.ReadFull(m.r, p)
	m.left -= int64(n)
	if err == io.EOF && (len(p) != 4 || m.left > 0 && !m.pipe) {
		err = io.ErrUnexpectedEOF
	}
	return err
}
