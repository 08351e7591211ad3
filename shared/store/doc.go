// Package store keeps documents and facts in two DynamoDB tables. It is the only package that knows DynamoDB.
//
// # Writing
//
// What a document says is committed in one small transaction, after its text and its facts were written as blobs that
// nothing shows yet. The transaction moves the document's head, numbers the change, and marks the document as pending. All
// that lists read is then made from the head, in the same call, and can be made again by anybody: the same Put, or Sweep.
// Until it is made, lists show the document as it was; reads of the document itself are exact at once.
//
// Rows that one document makes are written with a check that its head is still the one they were made from. Rows that all
// documents of a story make (blocks with their groups, the tally, the board, the summary) count their writes, and are written only if nobody else wrote
// them since they were read; whoever wrote looks again until there is nothing to write. So a slow, doubled or cut off writer
// does no lasting harm, and the order in which documents come does not matter.
//
// Where versions and retractions of a document may come out of order, each says when it was observed, and the newest observation
// stands. A retraction that comes before what it takes back leaves a row that the later put looks at, after its commit.
//
// The counter of changes is one item in every commit: about 50 commits a second is what it lets through. That also keeps
// the partitions that every document is posted to (H, S, L#…, F#…) under the 1,000 write units a second that DynamoDB gives
// a partition key, so that they are not sharded: shards by month or year would all write to the newest one anyhow.
//
// A put costs its blobs (a write unit a KB), 14 or so for the commit, and two for each row it makes or changes, about 6 rows a fact.
// It reads twice, before it writes and after, the blocks of the story that its facts belong to (summary.Block) and the heads
// of the story, summary.MaxHeads rows a kind at most. So a document costs by its size and by the events it touches,
// whatever the story has beside them: five facts more cost 170 write units after 100 facts as after 10,000, and 80 or 130 read
// units. A block is read whole: a fact more in one of 1,000 facts reads 340 units, and all that a story says of one
// effect, of one day or of one donor is one block.
//
// # Reviews
//
// What an editor says of a fact (Review) is a commit like a version: the document's next revision, with the same text, other
// facts and the reviews as a blob beside them. So the log, the past, the projection, the sweeper and the changes need no
// rules of their own for it. It costs the document's facts read and written once more, and its text read.
//
// A review goes with the words that it was made on. A version whose facts are extracted anew is laid over the reviews: the
// same fact, wherever its words stand now, has its review again; a correction goes to any reading of its words, keeps its
// fact where nothing reads them any more, and leaves it orphaned where they are gone, until they are back. Facts that are
// rejected or orphaned are posted to no list but that of their review.
//
// # Finding a story
//
// A document that is put without a story joins the one that it is most like, or starts one (package cluster). It is posted under
// eight terms at most, and looked for under its own: candidates are the stories of documents posted within cluster.Window days, and of those
// that are committed but not listed yet. Their digests are compared, eight at most. That reads the head, the counter, the pending documents,
// a page of each term and the digests: 15 to 25 units however many stories there are. It writes two units for each term, two for
// the document's digest, and two a KB for the story's, which is made from the 20 documents that stand for it.
//
// A story is started only if no change was committed since it was looked for, else it is looked for again: two writers do not start
// two stories of one event, unless others commit all the time: after eight attempts the story is started all the same. Stories do not
// merge by themselves: the answer names the others that a document is like, and whoever moves their documents (Move, or a Put with
// another story) merges them. A document that was moved stays there when it is put without a story again.
//
// # Keys
//
// No table has an index. Every list is a partition of its own that holds whole answers, so that a page is one Query and
// nothing behind it; a reference would save about half of the writes and cost a read for every item of every page.
//
// Documents table:
//
//	pk                 sk                     holds
//	DOC#d              HEAD                   the newest version: metadata, and which blobs hold its text and facts
//	DOC#d              V#revision             every version, withdrawals and reviews too
//	DOC#d              B#hash#part            blobs by the hash of their content, gzipped, in parts of 350 KB
//	DOC#d              PROJ                   the revision up to which the lists are made
//	DOC#d              GONE                   when its publisher was last seen to take it back
//	SEQ                SEQ                    the number of the last change
//	CHG#⌊seq/10⁴⌋      seq                    the changes, without a gap
//	STORY#s            seq                    the changes of a story
//	PENDING            seq#d                  documents whose lists are not made yet
//	SOURCES            id                     sources that are looked at on a schedule, with their state
//	SOURCE#id          WATCH                  the articles of a source that are watched, gzipped
//	REFRESH            REFRESH                what the last look at all sources came to
//	H                  shelf#day#d            headlines; H#story#s, H#country#CC and W#word likewise
//	S                  day#s                  stories, by their newest publication
//	M#term             day#d                  documents by what they are about, with their story: see Place
//
// Facts table:
//
//	pk                 sk                     holds
//	STORY#s            SUM                    the story's summary
//	STORY#s            DOC#d                  the story's documents
//	STORY#s            FACT#block#id          the story's facts with their sources, by summary.Block
//	STORY#s            M#day#d                what each document of the story is about: a cluster.Digest
//	STORY#s            DIGEST                 the 20 of these that stand for the story, 8 KB at most
//	STORY#s            BLOCK#block            what a block has posted where, what it adds to the tally, how often it was written
//	STORY#s            TALLY                  how many documents, facts, groups there are, and of which countries: the sum of the blocks'
//	STORY#s            TOP#kind#rank          heads of groups, the weightiest first, at most summary.MaxHeads of a block
//	STORY#s            FIRST#day#d            the documents by first day; LATEST#day#d by last, TITLE#day#d those with a title for the story
//	STORY#s#kind       shelf#day#s#block#g    the story's groups: tolls, occurrences, supports
//	L#kind             shelf#day#s#block#g    all groups of a kind; L#kind#CC those of a country or donor
//	F#kind             shelf#day#id           all facts of a kind; F#kind#CC those of a country
//	R#review#kind      shelf#day#id           the facts of a kind that somebody reviewed: accepted, corrected, rejected, orphaned
//	FACT#id            R#revision             a fact with its source, its review, and when and by what it ceased to stand
//	BOARD              donor                  a donor with its newest support of all stories; BOARD#s that of a story
//
// A shelf is a month, or a year for dates that touch more than two months, or the long shelf for those that touch more than
// two years, or the undated one. A date lies on two shelves at most and is listed once. A list is walked from the newest day
// back: the months of a year, then the year itself, the year before, and at the end the long and the undated shelf. With a
// From, the walk is of three ranges of keys: the months since then, the year that From is in, and the long shelf.
//
// # Reading
//
// Costs are in read units (4 KB read consistently, 8 KB otherwise). A page of n items costs what its rows weigh: gzipped
// about 0.5 KB for a fact, 1 to 3 KB for a group, at most 30 KB.
//
//	access                                  key condition                                        cost
//	a story's summary                       GetItem STORY#s SUM                                  0.5 to 2
//	headlines · of a story · of a country   H · H#story#s · H#country#CC, a range of shelves     Query: n/10
//	headlines by words                      W#(longest word), the others by the words in a row   Query of 100 rows at least: 5 or so
//	stories                                 S, from a day up                                     Query: n/10
//	tolls, dates, support                   L#kind, L#kind#CC or STORY#s#kind, range of shelves  Query of 100 rows at least, until n are kept: up to 25
//	donors                                  BOARD or BOARD#s; one donor by its key               Query: up to 4n
//	facts                                   F#kind, F#kind#CC, R#review#kind, range of shelves   Query of 100 rows at least: 7
//	facts of a story                        STORY#s, FACT#kind#                                  Query of 100 rows at least: 7
//	a fact · its history                    FACT#id, newest first, one row · a page of rows      0.5 · Query: n/10
//	changes                                 CHG#, a range of numbers                             Query, two where a partition ends: n/10
//	a document's facts; lists of one        GetItem DOC#d HEAD, Query DOC#d B#hash#              1 + consistent KB/4
//	a story in the past                     Query STORY#s (log), B#hash# of each document        1 + as above for each
//	a document or fact in the past          Query DOC#d V#, then B#hash#                         2 + as above
//	the story of a new document             GetItem DOC#d HEAD, SEQ; Query PENDING, M#term; DIGEST  15 to 25
//	what is pending                         PENDING                                              Query
//	all sources · a source's articles       SOURCES · GetItem SOURCE#id WATCH                    n/16 · up to 50
//
// A page is one Query, and one more for each range of keys (or kind of fact, where the filter names none) that ends on it.
// Where a page of a story comes out empty, one GetItem tells an empty list from an unknown story. Every Query has a Limit
// and there is no Scan. A page may be short; only an empty Next ends a list.
//
// This differs from the first design: no secondary index (a projection's own partition is as cheap to write, is consistent
// on demand, and needs no second throughput), the summary of the past computed from the log rather than stored by sequence
// number, and months as shelves in one partition rather than as partitions.
package store
