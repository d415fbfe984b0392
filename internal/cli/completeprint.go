package cli

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/screen"
)

// printer writes an answer as the script of a shell reads it. A word that ends in = or /
// is not whole, and has no blank behind it. What the last line says behind its colon:
//
//	bash         names of options of compopt
//	zsh          files N PATTERN, folders N: let the shell complete names behind N characters
//	             of the word; list: only show what there is
//	fish, powershell   nothing: the names that they know best they complete by themselves
type printer struct {
	shell string
	line  string
	words []lineWord // of the line
	more  []string   // bash: COMP_TYPE, the width of the screen, COMP_WORDBREAKS; zsh: the width
}

func newPrinter(shell, line string, more []string) printer {
	return printer{shell: shell, line: line, words: splitLine(shell, line), more: more}
}

// arg is one of the further arguments, "" where there are not so many.
func (p printer) arg(i int) string {
	if i < len(p.more) {
		return p.more[i]
	}
	return ""
}

// last is the word that is being typed.
func (p printer) last() lineWord { return p.words[len(p.words)-1] }

// print writes an answer.
func (p printer) print(a answer) string {
	named := a.want == Files || a.want == Folders
	if named && !a.shell && p.shell != "zsh" {
		a.list = fileCandidates(strings.TrimPrefix(p.last().text, a.prefix), a.want, a.endings)
		a.list = atMost(a.list)
	}
	switch p.shell {
	case "bash":
		return p.bash(a, named)
	case "zsh":
		return p.zsh(a, named)
	}
	var b strings.Builder
	for _, c := range a.list {
		word := a.prefix + c.shown()
		if p.shell == "powershell" {
			word = powershellWord(word)
		}
		b.WriteString(word)
		if c.about != "" {
			b.WriteString("\t" + oneLine(c.about))
		}
		b.WriteByte('\n')
	}
	return b.String() + ":\n"
}

// bash writes what bash puts in the place of the last part of the word, in quotes as they
// are open there. Its lists show what it would put in, so that the few words about
// it stand in them only where it asks for a list.
func (p printer) bash(a answer, named bool) string {
	from, open := replacedFrom(p.line, p.arg(2))
	head := ""
	if last := p.last(); from > last.from {
		head = splitLine("bash", p.line[last.from:from])[0].text
	}
	var words, about []string
	var options []string
	for _, c := range a.list {
		word := a.prefix + c.shown()
		if named {
			word = a.prefix + c.id
		}
		rest, ok := strings.CutPrefix(word, head)
		if !ok {
			continue
		}
		if !named {
			rest = escaped(rest, open, head == "" && open == 0)
		}
		if c.open && !named && !slices.Contains(options, "nospace") {
			options = append(options, "nospace")
		}
		words, about = append(words, rest), append(about, c.about)
	}
	lists := strings.Contains("!?@", kindOf(p.arg(0)))
	if lists && !named && len(words) > 1 {
		words = p.explained(words, about, p.arg(1))
	}
	switch {
	case named && len(words) > 0:
		options = append(options, "filenames")
	case named:
		options = append(options, "default")
	case kindOf(p.arg(0)) == "%": // it puts in one word after the other
	case a.byLabel && len(words) > 1:
		words = append(words, " ") // else it would put in what they have in common
	case open != 0 && len(words) == 1 && len(options) > 0:
		words = append(words, words[0]+"…") // else it would close the quotes
	case open != 0 && len(words) == 1 && strings.HasSuffix(words[0], string(open)):
		words[0] += string(open) // it takes the last sign for the closing one
	}
	return lines(words, strings.Join(append(options, "nosort"), " "))
}

// kindOf is the sign that bash's COMP_TYPE is the code of: a tab; ? and ! and @ where what
// there is will be listed; % where it is gone through.
func kindOf(number string) string {
	code, _ := strconv.Atoi(number)
	return string(rune(code))
}

// zsh writes words as they are, which it quotes itself, and how each stands in a list:
// without what was typed in front of it.
func (p printer) zsh(a answer, named bool) string {
	if named {
		at, last := 0, p.line[p.last().from:]
		if a.prefix != "" && !strings.HasPrefix(strings.TrimLeft(last, `'"`), a.prefix) {
			return lines(nil, "")
		}
		at = utf8.RuneCountInString(a.prefix)
		if a.want == Folders {
			return lines(nil, "folders "+strconv.Itoa(at))
		}
		pattern := "*"
		if len(a.endings) > 0 {
			pattern = "(#i)*(" + strings.Join(a.endings, "|") + ")(|.gz|.zst)"
		}
		return lines(nil, "files "+strconv.Itoa(at)+" "+pattern)
	}
	var words, shown, about []string
	for _, c := range a.list {
		words, shown, about = append(words, a.prefix+c.shown()), append(shown, c.shown()), append(about, c.about)
	}
	shown = p.explained(shown, about, p.arg(0))
	for i := range words {
		words[i] += "\t" + shown[i]
	}
	option := ""
	if a.byLabel && len(words) > 1 {
		option = "list"
	}
	return lines(words, option)
}

// explained are words with what there is to say about them behind them, one below the
// other, cut at the width of the screen.
func (p printer) explained(words, about []string, columns string) []string {
	if strings.Join(about, "") == "" {
		return words
	}
	width, _ := strconv.Atoi(columns)
	if width < 20 {
		width = screenWidth
	}
	column := 0
	for _, w := range words {
		column = max(column, utf8.RuneCountInString(w))
	}
	column = min(column, width/2)
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w
		if about[i] == "" {
			continue
		}
		w += strings.Repeat(" ", max(0, column-utf8.RuneCountInString(w))) + "  (" + oneLine(about[i]) + ")"
		if runes := []rune(w); len(runes) >= width {
			w = string(runes[:width-3]) + "…"
		}
		list[i] = w
	}
	return list
}

// lines are words, a line each, and the last line.
func lines(words []string, last string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w + "\n")
	}
	return b.String() + ":" + last + "\n"
}

// oneLine is a text without what would break a line, or a column.
func oneLine(text string) string { return strings.Join(strings.Fields(screen.Visible(text)), " ") }

// powershellWord is a word as PowerShell takes it.
func powershellWord(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t'\"`$,;(){}@#|&<>") {
		return word
	}
	return powershellQuote(word)
}
