package pxconv

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// pageOf is the code page of a name as files and people write it, without hyphens,
// underscores and blanks, in small letters; nil if there is none.
func pageOf(name string) *charmap.Charmap {
	switch name {
	case "iso88591", "latin1":
		return charmap.ISO8859_1
	case "iso88592", "latin2":
		return charmap.ISO8859_2
	case "iso88593":
		return charmap.ISO8859_3
	case "iso88594":
		return charmap.ISO8859_4
	case "iso88595":
		return charmap.ISO8859_5
	case "iso88596":
		return charmap.ISO8859_6
	case "iso88597":
		return charmap.ISO8859_7
	case "iso88598":
		return charmap.ISO8859_8
	case "iso88599":
		return charmap.ISO8859_9
	case "iso885910":
		return charmap.ISO8859_10
	case "iso885913":
		return charmap.ISO8859_13
	case "iso885914":
		return charmap.ISO8859_14
	case "iso885915", "latin9":
		return charmap.ISO8859_15
	case "iso885916":
		return charmap.ISO8859_16
	case "windows1250":
		return charmap.Windows1250
	case "windows1251":
		return charmap.Windows1251
	case "windows1252":
		return charmap.Windows1252
	case "windows1253":
		return charmap.Windows1253
	case "windows1254":
		return charmap.Windows1254
	case "windows1255":
		return charmap.Windows1255
	case "windows1256":
		return charmap.Windows1256
	case "windows1257":
		return charmap.Windows1257
	case "windows1258":
		return charmap.Windows1258
	case "cp437", "ibm437":
		return charmap.CodePage437
	case "cp850", "ibm850":
		return charmap.CodePage850
	case "cp852", "ibm852":
		return charmap.CodePage852
	case "cp855":
		return charmap.CodePage855
	case "cp858":
		return charmap.CodePage858
	case "cp862":
		return charmap.CodePage862
	case "cp865":
		return charmap.CodePage865
	case "cp866", "ibm866":
		return charmap.CodePage866
	case "koi8r":
		return charmap.KOI8R
	case "koi8u":
		return charmap.KOI8U
	case "macintosh":
		return charmap.Macintosh
	}
	return nil
}

// encoding is how the bytes of a file are letters.
type encoding struct {
	name string
	page *charmap.Charmap // nil for UTF-8
}

// utf8Encoding is that of most files.
func utf8Encoding() encoding { return encoding{name: "utf-8"} }

// named is the encoding of a name.
func named(name string) (encoding, bool) {
	key := strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(name))
	switch key {
	case "utf8":
		return utf8Encoding(), true
	case "ansi":
		key = "windows1252"
	}
	if digits, ok := strings.CutPrefix(key, "cp125"); ok {
		key = "windows125" + digits
	} else if len(key) == 4 && strings.HasPrefix(key, "125") {
		key = "windows" + key
	}
	page := pageOf(key)
	if page == nil {
		if page = pageOf("cp" + key); page == nil {
			return encoding{}, false
		}
	}
	return encoding{strings.ToLower(page.String()), page}, true
}

// decode makes text of bytes.
func (e encoding) decode(b []byte) string {
	if e.page == nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	var s strings.Builder
	s.Grow(len(b) + len(b)/8)
	for _, c := range b {
		if c < utf8.RuneSelf {
			s.WriteByte(c)
		} else {
			s.WriteRune(e.page.DecodeByte(c))
		}
	}
	return s.String()
}

// encode is the text in the bytes of the file; ok is false if it lacks a character.
func (e encoding) encode(text string) (b []byte, ok bool) {
	if e.page == nil {
		return []byte(text), true
	}
	for _, r := range text {
		c, ok := e.page.EncodeRune(r)
		if !ok {
			return nil, false
		}
		b = append(b, c)
	}
	return b, true
}

// decide finds out in which encoding a head is: what is said, else what its bytes are. A
// text with bytes over 127 that is UTF-8 is UTF-8, whatever CODEPAGE says: by accident no
// text of more than a few such letters is. why is what there is to say of it.
func decide(said string, raw []byte, marked bool) (e encoding, why string, err error) {
	if said != "" {
		e, ok := named(said)
		if !ok {
			return e, "", fmt.Errorf("%w %q", jsonstat.ErrEncodingName, said)
		}
		return e, "", nil
	}
	page := codepage(raw)
	declared, known := named(page)
	over := bytes.IndexFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
	valid := utf8.Valid(raw)
	switch {
	case marked:
		return utf8Encoding(), "", nil
	case !over:
		if known {
			return declared, "", nil
		}
		return utf8Encoding(), "", nil
	case valid:
		if known && declared.page != nil {
			why = fmt.Sprintf("says %q, but the bytes are UTF-8", page)
		}
		return utf8Encoding(), why, nil
	case known && declared.page != nil:
		return declared, "", nil
	case known:
		return must("windows-1252"), fmt.Sprintf("says %q, but the bytes are none: they are read as windows-1252", page), nil
	case page == "" && !bytes.Contains(upper(raw), []byte("CHARSET")) && dos(raw):
		return must("cp850"), "", nil
	case page != "":
		return must("windows-1252"), fmt.Sprintf("names no encoding that is known, %q: the bytes are read as windows-1252", page), nil
	}
	return must("windows-1252"), "", nil
}

func must(name string) encoding {
	e, _ := named(name)
	return e
}

func upper(raw []byte) []byte { return bytes.ToUpper(raw[:min(len(raw), 4096)]) }

// codepage is what the entry CODEPAGE says, wherever it stands.
func codepage(raw []byte) string {
	for i := 0; i < len(raw); {
		end, _ := scanEntry(raw, i, true)
		entry := bytes.TrimSpace(raw[i:end])
		i = end
		if len(entry) < len("CODEPAGE") || !strings.EqualFold(string(entry[:len("CODEPAGE")]), "CODEPAGE") {
			continue
		}
		value, ok := bytes.CutPrefix(bytes.TrimSpace(entry[len("CODEPAGE"):]), []byte("="))
		if ok {
			return strings.Trim(string(value), "\" \t\r\n;")
		}
	}
	return ""
}

// dos tells whether bytes over 127 are rather letters of code page 850 than of
// windows-1252: there the letters of the West lie from 0x80 to 0xA5, where the other has
// signs.
func dos(raw []byte) bool {
	low, all := 0, 0
	for _, c := range raw {
		if c < utf8.RuneSelf {
			continue
		}
		all++
		if c <= 0xa5 {
			low++
		}
	}
	return low*2 > all
}
