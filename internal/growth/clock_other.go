//go:build !unix

package growth

import "time"

// clock is the time of day, for want of the time that the processor spent.
func clock() time.Duration { return time.Duration(time.Now().UnixNano()) }
