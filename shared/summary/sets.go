package summary

// disjoint keeps sets of the numbers 0 to n-1 that grow by joining (union-find).
type disjoint []int

func newSets(n int) disjoint {
	d := make(disjoint, n)
	for i := range d {
		d[i] = i
	}
	return d
}

func (d disjoint) find(i int) int {
	for d[i] != i {
		d[i] = d[d[i]]
		i = d[i]
	}
	return i
}

// join makes one set of two; the least number stands for it.
func (d disjoint) join(i, j int) {
	i, j = d.find(i), d.find(j)
	d[max(i, j)] = min(i, j)
}

// joinSeen joins i with the number that had the key before it.
func (d disjoint) joinSeen(seen map[string]int, key string, i int) {
	if j, ok := seen[key]; ok {
		d.join(i, j)
	} else {
		seen[key] = i
	}
}

// list gives the sets in the order of their least numbers, each in order.
func (d disjoint) list() [][]int {
	var all [][]int
	at := make(map[int]int)
	for i := range d {
		root := d.find(i)
		if _, ok := at[root]; !ok {
			at[root] = len(all)
			all = append(all, nil)
		}
		all[at[root]] = append(all[at[root]], i)
	}
	return all
}
