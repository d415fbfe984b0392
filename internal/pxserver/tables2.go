package pxserver

import (
	"cmp"
	"strconv"
	"strings"
)

// tableList answers the list of tables, or those that a search finds.
func (c *call2) tableList() {
	number := func(name string, otherwise int) (int, bool) {
		text := c.params[name]
		if text == "" {
			return otherwise, true
		}
		n, err := strconv.Atoi(text)
		return n, err == nil && n > 0
	}
	page, ok1 := number("pagenumber", 1)
	size, ok2 := number("pagesize", 20)
	days, ok3 := number("pastdays", 0)
	if !ok1 || !ok2 || !ok3 {
		c.invalid("pageNumber", "The value is not valid.")
		return
	}
	var found []*Table
	query := stemQuery(parseSearch(c.params["query"], true))
	for _, t := range c.tables2 {
		if t.Discontinued && !strings.EqualFold(c.params["includediscontinued"], "true") || days > 0 && !c.newSince(t, days) {
			continue
		}
		if c.params["query"] != "" && query.score(c.searched(t, c.lang, true), nil) == 0 {
			continue
		}
		found = append(found, t)
	}
	pages := (len(found) + size - 1) / size
	if page > max(pages, 1) {
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
		j.key("links").array(func() { c.link(j, "self", c.pagePath(page, size)) })
	})
}

// pagePath is the address of a page. It forgets includeDiscontinued, as on the
// real servers.
func (c *call2) pagePath(page, size int) string {
	path := "/tables?pageNumber=" + strconv.Itoa(page) + "&pageSize=" + strconv.Itoa(size)
	if q := c.r.URL.Query().Get("query"); q != "" {
		path += "&query=" + strings.ReplaceAll(q, " ", "%20")
	}
	return path
}

func (c *call2) pageLinks(j *jsonWriter, page, pages, size int) {
	if page < pages {
		c.link(j, "next", c.pagePath(page+1, size))
		c.link(j, "last", c.pagePath(pages, size))
	}
	if page > 1 {
		c.link(j, "previous", c.pagePath(page-1, size))
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
	j.key("type").text("Table")
	j.key("id").text(t.ID)
	j.key("label").text(c.text1(t, c.lang))
	j.key("description").text(t.Description)
	j.key("sortCode").text(t.ID)
	j.key("updated").text(c.updated(t).UTC().Format("2006-01-02T15:04:05Z"))
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
		c.link(j, "self", "/tables/"+t.ID)
		c.link(j, "metadata", "/tables/"+t.ID+"/metadata")
		c.link(j, "data", "/tables/"+t.ID+"/data")
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
