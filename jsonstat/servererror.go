package jsonstat

import (
	"html"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// What servers send instead of a cube: JSON with an error in it, a web page, a line of
// text. The errors made of it repeat the server's words, for they often say what to do.

// maxServerWords is how many bytes of a server's words are repeated.
const maxServerWords = 400

// looksLikeError knows the errors of the format itself ("error"), of PxWeb, of
// JSON-RPC, of RFC 9110 and of ASP.NET. It is asked about what is no JSON-stat.
func looksLikeError(n jsontoken.Node) bool {
	if n.Get("error").OK() || n.Get("errors").OK() || n.Get("message").IsString() || n.Get("Message").IsString() {
		return true
	}
	problem := n.Get("status").OK() || n.Get("type").OK() || n.Get("title").OK()
	return n.Get("detail").IsString() && problem || n.Get("title").IsString() && (n.Get("status").OK() || n.Get("type").OK())
}

// serverError collects the words of a server.
func serverError(n jsontoken.Node) error {
	var s serverWords
	s.collect(n, 0)
	message := ""
	for i, text := range s.words {
		if i > 0 {
			message = strings.TrimRight(message, ".:; ") + ": "
		}
		message += text
	}
	if message == "" {
		message = cleanText(n.Raw())
	}
	return &ServerError{Status: s.status, Message: jsontoken.Shorten(message, maxServerWords)}
}

// serverWords are the texts that were found in an error response.
type serverWords struct {
	status int // of HTTP, the first one that was found
	words  []string
}

// add notes a text unless it says nothing new.
func (s *serverWords) add(text string) {
	text = cleanText(text)
	if text == "" || slices.ContainsFunc(s.words, func(w string) bool { return strings.Contains(w, text) }) {
		return
	}
	s.words = slices.DeleteFunc(s.words, func(w string) bool { return strings.Contains(text, w) })
	s.words = append(s.words, text)
}

func (s *serverWords) collect(n jsontoken.Node, depth int) {
	if depth > 4 || len(s.words) >= 8 {
		return
	}
	for _, item := range n.Items {
		s.collect(item, depth+1)
	}
	if text, ok := n.Scalar(); ok {
		s.add(text)
		return
	}
	for _, name := range []string{"status", "code"} {
		text, _ := n.Get(name).Scalar()
		if v, err := strconv.Atoi(text); err == nil && 100 <= v && v < 600 && s.status == 0 {
			s.status = v
		}
	}
	for _, name := range []string{"title", "label", "message", "Message", "detail"} {
		if text, ok := n.Get(name).Scalar(); ok {
			s.add(text)
		}
	}
	for _, name := range []string{"error", "data"} {
		s.collect(n.Get(name), depth+1)
	}
	switch fields := n.Get("errors"); {
	case fields.IsObject(): // of ASP.NET: lists of texts by field
		for name, list := range fields.Members {
			for _, item := range list.Items {
				text, ok := item.Scalar()
				if ok && !strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
					text = name + ": " + text
				}
				s.add(text)
			}
		}
	default:
		s.collect(fields, depth+1)
	}
}

var (
	htmlTitle = lazyRegexp(`(?is)<title[^>]*>(.*?)</title>`)
	htmlDrop  = lazyRegexp(`(?is)<head\b.*?</head>|<script\b.*?(</script>|\z)|<style\b.*?(</style>|\z)|<title\b.*?</title>|<!--.*?(-->|\z)`)
	htmlTag   = lazyRegexp(`(?s)<[^>]*>`)
	htmlError = lazyRegexp(`\b[45]\d\d\b`)
)

// lazyRegexp is a regular expression that is compiled when it is first asked for: hardly any
// input is a web page.
func lazyRegexp(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// webPage makes the error for HTML or XML in the place of JSON: its title and
// its first line of text.
func (t *source) webPage() error {
	text, err := t.firstText(64 << 10)
	if err != nil {
		return err
	}
	title := ""
	if m := htmlTitle().FindStringSubmatch(text); m != nil {
		title = cleanText(m[1])
	}
	message := title
	for line := range strings.Lines(htmlTag().ReplaceAllString(htmlDrop().ReplaceAllString(text, ""), "\n")) {
		if line = cleanText(line); line == "" || line == title {
			continue
		}
		message = strings.TrimPrefix(title+": "+line, ": ")
		break
	}
	if message == "" {
		message = "it is empty"
	}
	e := &ServerError{Message: jsontoken.Shorten(message, maxServerWords), Page: "a web page"}
	if m := htmlError().FindString(title); m != "" {
		e.Status, _ = strconv.Atoi(m)
	}
	if start := strings.ToLower(text[:min(len(text), 1024)]); strings.HasPrefix(start, "<?xml") && !strings.Contains(start, "<html") {
		e.Page = "XML"
	}
	return e
}

// firstText is the start of the text, at most n bytes of it. What is not UTF-8
// is taken for Windows-1252, which no text is too bad for.
func (t *source) firstText(n int) (string, error) {
	buf := make([]byte, n)
	k := 0
	for k < n {
		m, err := t.in.src.ReadAt(buf[k:], t.in.start+int64(k))
		k += m
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", err
		}
	}
	buf = buf[:k]
	for cut := range min(utf8.UTFMax, k) { // the last character may be cut
		if whole := buf[:k-cut]; utf8.Valid(whole) {
			return strings.TrimSpace(string(whole)), nil
		}
	}
	return strings.TrimSpace(charset.Loose(buf)), nil
}

// notJSON is the error for text that does not even begin like a document: it
// shows the first line, which is often what a server had to say.
func (t *source) notJSON(err error) error {
	e, ok := err.(*Error)
	if !ok || e.Err != ErrSyntax {
		return err
	}
	text, rerr := t.firstText(4096)
	if rerr != nil {
		return rerr
	}
	line, _, _ := strings.Cut(text, "\n")
	if line = cleanText(line); line != "" {
		e.Msg = "the input is not JSON: it starts with " + strconv.Quote(jsontoken.Shorten(line, 80))
	}
	return e
}

// cleanText puts a text on one line, without HTML and control characters.
func cleanText(s string) string {
	s = html.UnescapeString(htmlTag().ReplaceAllString(s, " "))
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || (r >= 0x7f && r < 0xa0) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
