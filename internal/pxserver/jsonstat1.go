package pxserver

import (
	"cmp"
	"io"
)

// writeJSONStat1 writes format json-stat (1.2): id, size and role inside
// dimension, no notes; with statuses they stand first and extension is gone.
func writeJSONStat1(w io.Writer, e *extract) {
	e.added = nil // older than the dimension of eliminated contents
	c := newCubeWriter(w, e)
	c.old = true
	c.object(func() { c.key("dataset").object(c.dataset1) })
	c.flush()
}

func (c *cubeWriter) dataset1() {
	axes, symbols := c.dimensions(), c.symbols()
	if symbols {
		c.statuses()
	}
	c.key("dimension").object(func() {
		for _, a := range axes {
			c.key(a.v.Code).object(func() {
				c.key("label").text(a.v.Text.In(c.lang))
				c.category(a)
				c.show(a)
				c.describedBy(a)
			})
		}
		c.ids(axes)
		c.roles(axes)
	})
	c.heads()
	c.values()
	if !symbols {
		c.pxOld()
	}
}

// oldDataset writes JSON-stat 2 as servers did before notes came into it.
func (c *cubeWriter) oldDataset() {
	axes := c.dimensions()
	c.key("class").text("dataset")
	c.heads()
	c.ids(axes)
	c.key("dimension").object(func() {
		for _, a := range axes {
			c.key(a.v.Code).object(func() {
				c.show(a)
				c.key("label").text(a.v.Text.In(c.lang))
				c.category(a)
				c.describedBy(a)
			})
		}
	})
	if c.values() {
		c.statuses()
	}
	c.roles(axes)
	c.key("version").text("2.0")
	c.pxOld()
	c.related()
}

func (c *cubeWriter) show(a *axis) {
	c.key("extension").object(func() { c.key("show").text(cmp.Or(a.v.Show, "value")) })
}

func (c *cubeWriter) pxOld() {
	c.key("extension").object(func() {
		c.key("px").object(func() {
			c.key("infofile").text(cmp.Or(c.t.Infofile, "None"))
			c.key("tableid").text(c.t.ID)
			c.key("decimals").number(c.t.Decimals)
		})
	})
}

// symbols tells whether any cell has one.
func (c *cubeWriter) symbols() bool {
	for w := newWalk(c.extract); w.next(); {
		if w.symbol != "" {
			return true
		}
	}
	return false
}
