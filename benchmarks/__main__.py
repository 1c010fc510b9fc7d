"""`make bench`."""

from benchmarks import pages

if __name__ == "__main__":
    pages.main()
