// Package period reads the codes that statistical offices give to periods of time, such
// as 2024, 2024K1 or 2024M01, and gives the day on which each begins, and the reverse.
// Formats with a type for dates use it. [ParseFirstDay] lists the codes; [FirstDays] does
// it for a whole dimension, [Code] goes from a day to a code.
package period
