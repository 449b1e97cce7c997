package app.headlight.services.jobs;

import app.headlight.services.jobs.Job.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A kind of job that counts to the number in its name, a step every 5 ms, and writes each number that it comes to. */
final class Counting implements JobKind {

    static final String NAME = "counting";

    private static final int SAVE_EVERY = 20;

    /** What happened, in order: {@code begun NAME}, {@code left NAME STATE}, {@code stopped NAME}, {@code deleted NAME}. */
    final List<String> history = new CopyOnWriteArrayList<>();

    /** Is run with each number before it is written, in the same transaction. */
    volatile Runnable before = () -> {};

    JdbcClient jdbc;

    static void createTable(JdbcClient jdbc) {
        jdbc.sql("create table counted (job_id bigint not null, number integer not null, claim bigint not null)")
                .update();
    }

    /** The numbers that were written for a job, in order. */
    static List<Integer> written(JdbcClient jdbc, Job job) {
        return jdbc.sql("select number from counted where job_id = ? order by number")
                .param(job.id())
                .query(Integer.class)
                .list();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Ending run(Turn turn) {
        history.add("begun " + turn.job().name());
        long id = turn.job().id();
        int to = Integer.parseInt(turn.job().name().replaceAll("\\D", ""));
        int number = written(jdbc, turn.job()).size();
        int saved = number;
        while (number < to && !turn.leave()) {
            int next = ++number;
            turn.progress(() -> next + " of " + to);
            if (next % SAVE_EVERY == 0) {
                int first = saved + 1;
                turn.save(() -> write(turn, id, first, next));
                saved = next;
            }
            LockSupport.parkNanos(5_000_000);
        }
        int first = saved + 1;
        int last = number;
        return new Ending(last == to, state -> {
            write(turn, id, first, last);
            history.add("left " + turn.job().name() + " " + state);
        });
    }

    private void write(Turn turn, long id, int from, int to) {
        before.run();
        for (int number = from; number <= to; number++) {
            jdbc.sql("insert into counted (job_id, number, claim) values (?, ?, ?)")
                    .params(id, number, turn.claim().number())
                    .update();
        }
    }

    @Override
    public void stopped(Job job) {
        history.add("stopped " + job.name() + " " + State.STOPPED);
    }

    @Override
    public void deleted(Job job) {
        jdbc.sql("delete from counted where job_id = ?").param(job.id()).update();
        history.add("deleted " + job.name());
    }
}
