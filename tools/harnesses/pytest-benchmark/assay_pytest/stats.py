"""`benchmark.stats` as tests read it: seconds per operation, worked out when asked for."""


class Stats:
    def __init__(self, data):
        self.data = data

    def __bool__(self):
        return bool(self.data)

    @property
    def sorted_data(self):
        return sorted(self.data)

    @property
    def total(self):
        return sum(self.data)

    @property
    def min(self):
        return min(self.data)

    @property
    def max(self):
        return max(self.data)

    @property
    def mean(self):
        return sum(self.data) / len(self.data)

    @property
    def stddev(self):
        if len(self.data) < 2:
            return 0
        mean = self.mean
        return (sum((value - mean) ** 2 for value in self.data) / (len(self.data) - 1)) ** 0.5

    @property
    def rounds(self):
        return len(self.data)

    @property
    def median(self):
        return self._quantile(0.5)

    @property
    def q1(self):
        return self._quantile(0.25)

    @property
    def q3(self):
        return self._quantile(0.75)

    @property
    def iqr(self):
        return self.q3 - self.q1

    @property
    def ops(self):
        return 1 / self.mean if self.total else 0

    @property
    def outliers(self):
        return "0;0"

    def as_dict(self):
        fields = ("min", "max", "mean", "stddev", "rounds", "median", "iqr", "q1", "q3", "ops", "total")
        return {field: getattr(self, field) for field in fields}

    def _quantile(self, share):
        data = self.sorted_data
        place = share * (len(data) - 1)
        low = int(place)
        high = min(low + 1, len(data) - 1)
        return data[low] + (data[high] - data[low]) * (place - low)


class Results:
    """`benchmark.stats`; the figures themselves are in `.stats` and by `[name]`."""

    def __init__(self, fixture, result):
        self.fixture = fixture
        self.name = fixture.name
        self.fullname = fixture.fullname
        self.group = fixture.group
        self.param = fixture.param
        self.params = fixture.params
        self.extra_info = fixture.extra_info
        self.options = {}
        self.iterations = result["iterations"]
        chunks = result.get("chunksNs")
        # Calibrating has one figure only.
        data = [ns / self.iterations for ns in chunks] if chunks else [result["nsPerOp"]]
        self.stats = Stats([value / 1e9 for value in data])

    def __bool__(self):
        return bool(self.stats)

    def __getitem__(self, name):
        try:
            return getattr(self.stats, name)
        except AttributeError:
            return getattr(self, name)

    def get(self, name, default=None):
        try:
            return self[name]
        except AttributeError:
            return default

    @property
    def has_error(self):
        return self.fixture.has_error

    def as_dict(self, include_data=True, flat=False, stats=True, cprofile=None):
        fields = {name: getattr(self, name) for name in ("group", "name", "fullname", "params", "param")}
        fields["extra_info"] = self.extra_info
        figures = dict(self.stats.as_dict(), iterations=self.iterations)
        if include_data:
            figures["data"] = self.stats.data
        if stats:
            fields.update(figures if flat else {"stats": figures})
        return fields
