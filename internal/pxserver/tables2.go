package pxserver

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// tableList answers the list of tables, or those that a search finds.
func (c *call2) tableList() {
	page, wrong1 := c.number("pageNumber", 1)
	size, wrong2 := c.number("pageSize", 20)
	days, wrong3 := c.number("pastDays", 0)
	ended, wrong4 := c.flag("includeDiscontinued")
	if wrong := slices.Concat(wrong1, wrong2, wrong3, wrong4); wrong != nil {
		c.invalid(wrong...)
		return
	}
	if page < 1 {
		page = 1
	}
	if size < 1 {
		size = 20
	}
	text := c.params["query"]
	query, err := parseSearch(text, true, false)
	if err != nil {
		c.fail(crash)
		return
	}
	query.stem()
	var found []*Table
	for _, t := range c.tables2 {
		if !t.isIn(c.lang) || t.Discontinued && !ended || c.params["pastdays"] != "" && (days < 1 || !c.newSince(t, days)) {
			continue
		}
		if text != "" && query.score(c.searched(t, c.lang, true), nil) == 0 {
			continue
		}
		found = append(found, t)
	}
	pages := max(1, (len(found)+size-1)/size)
	if page > pages {
		c.fail(noPage)
		return
	}
	shown := found[min(len(found), (page-1)*size):min(len(found), page*size)]
	writeObject(c.w, func(j *jsonWriter) {
		j.key("language").text(c.lang)
		j.key("tables").array(func() {
			for _, t := range shown {
				j.object(func() { c.tableInfo(j, t, false) })
			}
		})
		j.key("page").object(func() {
			j.key("pageNumber").number(page)
			j.key("pageSize").number(size)
			j.key("totalElements").number(len(found))
			j.key("totalPages").number(pages)
			j.key("links").array(func() { c.pageLinks(j, page, pages, size) })
		})
		j.key("links").array(func() { c.pageLink(j, "self", page, size) })
	})
}

// pageLink writes the address of a page. It forgets includeDiscontinued, as on the
// real servers, and has none of their slash behind tables: such addresses are not
// found here.
func (c *call2) pageLink(j *jsonWriter, rel string, page, size int) {
	path := "/tables?lang=" + c.lang
	if q := c.params["query"]; q != "" {
		path += "&query=" + strings.ReplaceAll(url.QueryEscape(q), "+", "%20")
	}
	path += "&pagesize=" + strconv.Itoa(size) + "&pageNumber=" + strconv.Itoa(page)
	if days := c.params["pastdays"]; days != "" {
		path += "&pastDays=" + url.QueryEscape(days)
	}
	j.link(rel, c.lang, c.href(path))
}

func (c *call2) pageLinks(j *jsonWriter, page, pages, size int) {
	if page < pages {
		c.pageLink(j, "next", page+1, size)
	}
	if page > 1 {
		c.pageLink(j, "previous", page-1, size)
	}
	if page < pages {
		c.pageLink(j, "last", pages, size)
	}
}

// tableInfo writes what the list tells of a table.
func (c *call2) tableInfo(j *jsonWriter, t *Table, alone bool) {
	var names []string
	first, last := "", ""
	for i := range t.Variables {
		v := &t.Variables[i]
		names = append(names, v.Text.In(c.lang))
		if v.Kind == Time && len(v.Values) > 0 {
			first, last = v.Values[0].Code, v.Values[len(v.Values)-1].Code
		}
	}
	subject, _ := t.subject()
	if alone {
		j.key("language").text(c.lang)
	}
	j.key("id").text(t.ID)
	j.key("label").text(c.text1(t, c.lang))
	j.key("description").text(t.Description)
	j.key("sortCode").text(t.ID)
	if !t.NoDate {
		j.key("updated").text(c.updated(t).UTC().Format("2006-01-02T15:04:05Z"))
	}
	j.key("firstPeriod").text(first)
	j.key("lastPeriod").text(last)
	j.key("category").text("public")
	j.key("variableNames").texts(names)
	if t.Discontinued {
		j.key("discontinued").boolean(true)
	}
	j.key("source").text(t.Source.In(c.lang))
	j.key("subjectCode").text(subject)
	j.key("timeUnit").text(cmp.Or(t.TimeUnit, "Annual"))
	j.key("paths").array(func() {
		for _, place := range t.places() {
			c.pathOf(j, place)
		}
	})
	j.key("links").array(func() {
		path := c.href("/tables/" + t.ID)
		j.link("self", c.lang, path+"?lang="+c.lang)
		for _, other := range c.host.Languages {
			if other != c.lang && t.isIn(other) {
				j.link("alternate", other, path+"?lang="+other)
			}
		}
		j.link("metadata", c.lang, path+"/metadata?lang="+c.lang)
		j.link("data", c.lang, path+"/data?lang="+c.lang+"&outputFormat="+c.host.Format2)
	})
}

// pathOf writes the levels of a place.
func (c *call2) pathOf(j *jsonWriter, place string) {
	j.array(func() {
		for i := range len(place) + 1 {
			if i < len(place) && place[i] != '/' || i == 0 {
				continue
			}
			path := place[:i]
			for _, l := range c.levels(c.host.Database) {
				if l.Path == path {
					id := path[strings.LastIndexByte(path, '/')+1:]
					j.object(func() {
						j.key("id").text(id)
						j.key("label").text(l.Text.In(c.lang))
						j.key("sortCode").text(id)
					})
				}
			}
		}
	})
}
