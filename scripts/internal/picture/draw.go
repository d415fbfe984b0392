package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Sizes in pixels of a picture that is read at its own width.
const (
	width    = 1180
	margin   = 20
	gap      = 26 // between boxes, where an arrow is
	titleLow = 26 // a title and the space below it
	lineHigh = 15
	padding  = 9
	layerLow = 6
)

// A group is a lane or a stack of layers.
type group struct {
	title  string
	layers bool
	boxes  []box
}

// A box is a package, what it does, and what it hands on to the next one.
type box struct{ name, does, hands string }

// parse reads the text: see the head of docs/architecture.txt.
func parse(text string) ([]group, error) {
	var groups []group
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "lane "), strings.HasPrefix(line, "layers "):
			kind, title, _ := strings.Cut(line, " ")
			groups = append(groups, group{title: title, layers: kind == "layers"})
			continue
		case len(groups) == 0:
			return nil, fmt.Errorf("line %d: a box before the first lane", n+1)
		}
		parts := append(strings.Split(line, "|"), "", "")
		if len(parts) > 5 {
			return nil, fmt.Errorf("line %d: more than three parts", n+1)
		}
		g := &groups[len(groups)-1]
		g.boxes = append(g.boxes, box{strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])})
	}
	return groups, nil
}

// draw makes the picture.
func draw(text string) ([]byte, error) {
	groups, err := parse(text)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	y := margin
	for _, g := range groups {
		label(&body, margin, y+14, "title", g.title)
		y += titleLow
		if g.layers {
			y = drawLayers(&body, g, y)
		} else {
			y = drawLane(&body, g, y)
		}
		y += margin
	}
	var svg bytes.Buffer
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="The packages and how data go through them">
<style>
text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: #1f2933; }
.title { font-size: 15px; font-weight: 600; }
.name { font: 600 11.5px ui-monospace, monospace; }
.hands { font-style: italic; font-size: 11px; fill: #52606d; }
rect { fill: #eef4fb; stroke: #7b93ad; }
.outside { fill: #f7f3e8; stroke: #b5a77c; }
path { stroke: #52606d; fill: none; }
.page { fill: #ffffff; stroke: none; }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#52606d" stroke="none"/></marker></defs>
<rect class="page" width="%d" height="%d"/>
`, width, y, width, y, width, y)
	svg.Write(body.Bytes())
	svg.WriteString("</svg>\n")
	return svg.Bytes(), nil
}

// drawLane draws boxes side by side with arrows between them, and returns where it ends.
func drawLane(w *bytes.Buffer, g group, y int) int {
	n := len(g.boxes)
	wide := (width - 2*margin - (n-1)*gap) / n
	lines, names := make([][]string, n), make([][]string, n)
	most := 0
	for i, b := range g.boxes {
		names[i], lines[i] = wrap(b.name, (wide-2*padding)*10/70), wrap(b.does, (wide-2*padding)*10/62)
		most = max(most, len(names[i])+len(lines[i]))
	}
	high := most*lineHigh + 2*padding
	for i, b := range g.boxes {
		x := margin + i*(wide+gap)
		class := ""
		if !strings.Contains(b.name, "/") && strings.ContainsAny(b.name, " ,") { // no package: a file, a server
			class = ` class="outside"`
		}
		fmt.Fprintf(w, `<rect%s x="%d" y="%d" width="%d" height="%d" rx="5"/>`+"\n", class, x, y, wide, high)
		at := y + padding + 11
		for _, line := range names[i] {
			label(w, x+padding, at, "name", line)
			at += lineHigh
		}
		for _, line := range lines[i] {
			label(w, x+padding, at, "", line)
			at += lineHigh
		}
		if i < n-1 {
			fmt.Fprintf(w, `<path d="M%d,%d H%d" marker-end="url(#tip)"/>`+"\n", x+wide+2, y+high/2, x+wide+gap-2)
			fmt.Fprintf(w, `<text class="hands" text-anchor="middle" x="%d" y="%d">%s</text>`+"\n", x+wide+gap/2, y+high+13, escaped(b.hands))
		}
	}
	return y + high + 16
}

// drawLayers draws boxes one above the other, with an arrow down at their side.
func drawLayers(w *bytes.Buffer, g group, y int) int {
	const high = 30
	top := y
	for _, b := range g.boxes {
		fmt.Fprintf(w, `<rect x="%d" y="%d" width="%d" height="%d" rx="5"/>`+"\n", margin, y, width-2*margin-gap, high)
		label(w, margin+padding, y+19, "name", b.name)
		label(w, margin+430, y+19, "", b.does)
		y += high + layerLow
	}
	fmt.Fprintf(w, `<path d="M%d,%d V%d" marker-end="url(#tip)"/>`+"\n", width-margin-gap/2, top, y-layerLow)
	return y
}

// wrap breaks a text into lines of at most so many characters, at blanks and behind slashes.
func wrap(text string, most int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > most {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		for line += word; len(line) > most; {
			cut := strings.LastIndex(line[:most], "/") + 1
			if cut == 0 {
				break
			}
			lines, line = append(lines, line[:cut]), line[cut:]
		}
	}
	return append(lines, line)
}

func label(w *bytes.Buffer, x, y int, class, text string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	fmt.Fprintf(w, `<text%s x="%d" y="%d">%s</text>`+"\n", class, x, y, escaped(text))
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder does not fail
	return b.String()
}
