package app.headlight.services.search;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.transformer.Config;
import app.headlight.services.jobs.Job;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code search_job}. */
@Repository
class SearchJobStore {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, Double>> NUMBERS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    SearchJobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static String text(SearchRequest request) {
        return JSON.writeValueAsString(request);
    }

    void add(Job job, SearchRequest request, @Nullable String asked) {
        jdbc.sql("insert into search_job (job_id, request, asked) values (?, ?, ?)")
                .params(Arrays.asList(job.id(), text(request), asked))
                .update();
    }

    SearchRequest request(long job) {
        return JSON.readValue(
                jdbc.sql("select request from search_job where job_id = ?")
                        .param(job)
                        .query(String.class)
                        .single(),
                SearchRequest.class);
    }

    /** What a program had sent; empty where a page asked. */
    Optional<String> asked(long job) {
        return jdbc.sql("select asked from search_job where job_id = ?")
                .param(job)
                .query((row, index) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    /** A number of each edge, as {@link #numbers} reads it. */
    static String text(Map<Edge, Double> numbers) {
        Map<String, Double> named = new LinkedHashMap<>();
        numbers.forEach((edge, number) -> named.put(edge.toString(), number));
        return JSON.writeValueAsString(named);
    }

    void setResult(long job, String text) {
        jdbc.sql("update search_job set result = ? where job_id = ?")
                .params(text, job)
                .update();
    }

    /** What was found; empty where the job is not done, or is no longer there. */
    Optional<String> result(long job) {
        return jdbc
                .sql("select result from search_job where job_id = ?")
                .param(job)
                .query((row, index) -> Optional.ofNullable(row.getString(1)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    static Map<Edge, Double> numbers(String text, Config config) {
        Map<Edge, Double> numbers = new LinkedHashMap<>();
        JSON.readValue(text, NUMBERS).forEach((name, number) -> numbers.put(Edge.parse(name, config), number));
        return numbers;
    }

    /** Deletes the oldest ended searches beyond so many. */
    void forget(int kept) {
        jdbc.sql("delete from job where kind = ? and ended_at is not null and id not in (select id from job"
                        + " where kind = ? and ended_at is not null order by ended_at desc, id desc"
                        + " fetch first " + kept + " rows only)")
                .params(SearchKind.NAME, SearchKind.NAME)
                .update();
    }
}
