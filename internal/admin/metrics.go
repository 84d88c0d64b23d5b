package admin

import (
	"net/http"
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics answers Prometheus. Numbers are made from a snapshot for each scrape;
// calls are not slowed by anything that counts for it.
func (s *Server) metrics() http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		&collector{s.source},
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{EnableOpenMetrics: true, MaxRequestsInFlight: mostScrapes})
}

// mostScrapes bounds the work for readers that ask again before they were answered.
const mostScrapes = 4

type collector struct{ source Source }

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("faultline_"+name, help, labels, nil)
}

var (
	callsDesc       = describe("calls_total", "Calls that have ended, by what came of them.", "service", "outcome")
	blockedDesc     = describe("calls_blocked_total", "Failed calls that were refused here; the service did not see them.", "service")
	deniedDesc      = describe("calls_denied_total", "Blocked calls that the access rules kept out.", "service")
	answeredDesc    = describe("calls_answered_total", "Failed calls that were answered here, since the service gave nothing that could be used.", "service")
	unexplainedDesc = describe("calls_unexplained_total", "Failed calls for which no cause was found.", "service")
	retriedDesc     = describe("calls_retried_total", "Calls that were sent to the service a second time.", "service")
	truncatedDesc   = describe("answers_truncated_total", "Answers that broke off.", "service")
	answersDesc     = describe("answers_total", "Calls by the class of their answer's status.", "service", "class")
	validationDesc  = describe("validation_total", "Messages held to the contract, or not, with the reason.", "service", "message", "verdict", "reason")
	malformedDesc   = describe("malformed_total", "Requests that are no HTTP, by what is wrong with them.", "service", "fault")
	operationsDesc  = describe("operation_calls_total", "Calls of one operation.", "service", "contract", "operation", "outcome")
	droppedDesc     = describe("deliveries_dropped_total", "Failed calls that were not shown or kept, because whoever takes them was too slow.", "service")
	mishapsDesc     = describe("mishaps_total", "Mistakes of faultline itself: calls that it could not look at, or broke off. Please report them.", "service")
	contractDesc    = describe("contract_info", "A contract that is in use.", "service", "file", "version")
	describedDesc   = describe("contract_operations", "Operations of a contract; unverified ones cannot be judged.", "service", "file", "state")

	openDesc     = describe("connections_open", "Connections of clients.")
	acceptedDesc = describe("connections_accepted_total", "Connections of clients that were accepted.")
	shedDesc     = describe("connections_shed_total", "Connections that were turned away before their first request.")
	pausesDesc   = describe("accept_pauses_total", "Times that accepting paused for want of file descriptors or memory.")
	noticesDesc  = describe("notices_total", "What happened outside any call, by topic.", "topic")

	reloadsDesc   = describe("config_reloads_total", "Times that the configuration was read anew.", "result")
	reloadOKDesc  = describe("config_last_reload_successful", "Whether the last reload was taken: 1, or 0 if the configuration before still holds.")
	keptDesc      = describe("kept_calls_total", "Failed calls that were written down.")
	keptBytesDesc = describe("kept_bytes", "Size of what is kept of failed calls.")
	lostDesc      = describe("kept_dropped_total", "Failed calls that could not be written down.")
	costDesc      = describe("overhead_seconds", "What the proxy itself added to a call: the time in which neither client nor service was waited for.")
	startedDesc   = describe("start_time_seconds", "When the program started, in seconds since 1970.")
	buildDesc     = describe("build_info", "The program.", "version", "go")
)

// Describe implements prometheus.Collector: which series there are depends on
// the services, so that none is promised.
func (*collector) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (c *collector) Collect(out chan<- prometheus.Metric) {
	s := c.source.Snapshot()
	e := exporter{out}
	for i := range s.Services {
		e.service(&s.Services[i])
	}
	e.gauge(openDesc, s.Connections.Open)
	e.count(acceptedDesc, s.Connections.Accepted)
	e.count(shedDesc, s.Connections.Shed)
	e.count(pausesDesc, s.Connections.Pauses)
	for topic, n := range s.Notices {
		e.count(noticesDesc, n, topic)
	}
	e.count(reloadsDesc, s.Reloads.OK, "ok")
	e.count(reloadsDesc, s.Reloads.Failed, "failed")
	e.gauge(reloadOKDesc, map[bool]int64{true: 1}[s.Reloads.LastOK])
	e.count(keptDesc, s.Kept.Calls)
	e.gauge(keptBytesDesc, s.Kept.Bytes)
	e.count(lostDesc, s.Kept.Dropped)
	e.cost(&s.Cost)
	e.gauge(startedDesc, s.Started.Unix())
	e.gauge(buildDesc, 1, s.Version, runtime.Version())
}

type exporter struct{ out chan<- prometheus.Metric }

func (e exporter) count(d *prometheus.Desc, n int64, labels ...string) {
	e.out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
}

func (e exporter) gauge(d *prometheus.Desc, n int64, labels ...string) {
	e.out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
}

func (e exporter) cost(h *Histogram) {
	buckets := make(map[float64]uint64, len(h.Bounds))
	for i, bound := range h.Bounds {
		buckets[bound.Seconds()] = h.Counts[i]
	}
	e.out <- prometheus.MustNewConstHistogram(costDesc, h.Count, h.Sum.Seconds(), buckets)
}

func (e exporter) service(s *Service) {
	c, name := &s.Counts, s.Name
	e.count(callsDesc, c.OK, name, "ok")
	e.count(callsDesc, c.Failed, name, "failed")
	e.count(blockedDesc, c.Blocked, name)
	e.count(deniedDesc, c.Denied, name)
	e.count(answeredDesc, c.Answered, name)
	e.count(unexplainedDesc, c.Unexplained, name)
	e.count(retriedDesc, c.Retried, name)
	e.count(truncatedDesc, c.Truncated, name)
	e.count(droppedDesc, c.Dropped, name)
	e.count(mishapsDesc, c.Mishaps, name)
	for i, n := range c.Classes {
		e.count(answersDesc, n, name, className(i))
	}
	for fault, n := range c.Malformed {
		e.count(malformedDesc, n, name, fault)
	}
	for _, op := range c.Operations {
		e.count(operationsDesc, op.OK, name, op.Contract, op.Name(), "ok")
		e.count(operationsDesc, op.Failed, name, op.Contract, op.Name(), "failed")
	}
	e.validation(name, "request", c.Requests.Valid, c.Requests.Invalid, c.Requests.NotValidated)
	e.validation(name, "answer", c.Answers.Valid, c.Answers.Invalid, c.Answers.NotValidated)
	for _, k := range s.Contracts {
		e.gauge(contractDesc, 1, name, k.File, k.Version)
		e.gauge(describedDesc, int64(k.Operations-k.Unverified), name, k.File, "verified")
		e.gauge(describedDesc, int64(k.Unverified), name, k.File, "unverified")
	}
}

func (e exporter) validation(service, message string, valid, invalid int64, not map[string]int64) {
	e.count(validationDesc, valid, service, message, "valid", "")
	e.count(validationDesc, invalid, service, message, "invalid", "")
	for reason, n := range not {
		e.count(validationDesc, n, service, message, "not_validated", reason)
	}
}
