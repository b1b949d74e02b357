"""For course authors and instructors: proofs of an exercise, new exercises, the students' kit, autograders."""
