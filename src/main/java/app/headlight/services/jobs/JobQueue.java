package app.headlight.services.jobs;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * This node's end of the queue in the table {@code scheduled_tasks}. While it runs, db-scheduler picks the job that has
 * waited longest, says by its heartbeat that this node is alive, and puts back into the queue what a dead node had.
 */
@Component
class JobQueue implements SmartLifecycle {

    private static final Logger LOG = System.getLogger(JobQueue.class.getName());

    /** What is plain SQL to both databases. */
    private static final JdbcCustomization PLAIN_SQL = new DefaultJdbcCustomization(false);

    /** Twice this is the time for the running job to come to a place where it can be left. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Jobs of a kind that only newer versions know wait for these. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final DataSource database;
    private final JobStore store;
    private final JobRunner runner;
    private final Heartbeat heartbeat;
    private final List<Task<?>> tasks;
    private final SchedulerClient client;
    private final DatabaseClock clock;
    private volatile @Nullable Scheduler scheduler;
    private @Nullable ScheduledExecutorService watch;
    private List<String> seen = List.of();
    private boolean away;

    JobQueue(
            DataSource database,
            JdbcClient jdbc,
            JobStore store,
            JobRunner runner,
            List<JobKind> kinds,
            Heartbeat heartbeat) {
        this.database = new TransactionAwareDataSourceProxy(database);
        this.store = store;
        this.runner = runner;
        this.heartbeat = heartbeat;
        clock = new DatabaseClock(jdbc);
        tasks = kinds.stream().<Task<?>>map(kind -> runner.task(kind)).toList();
        client = SchedulerClient.Builder.create(this.database, tasks)
                .jdbcCustomization(PLAIN_SQL)
                .build();
    }

    @Override
    public synchronized void start() {
        long every = heartbeat.every().toMillis();
        look();
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("jobs").factory());
        looking.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
        watch = looking;
        Scheduler picking = Scheduler.create(database, tasks)
                .threads(1)
                .pollUsingFetch(0, 1)
                .pollingInterval(heartbeat.every())
                .heartbeatInterval(heartbeat.every())
                .missedHeartbeatsLimit(Heartbeat.MISSED)
                .schedulerName(new SchedulerName.Fixed(runner.node()))
                .jdbcCustomization(PLAIN_SQL)
                .clock(clock)
                .deleteUnresolvedAfter(NEVER)
                .shutdownMaxWait(PATIENCE)
                .failureLogging(LogLevel.WARN, false)
                .addSchedulerListener(new PicksNothingWhileBusy())
                .build();
        scheduler = picking;
        picking.start();
    }

    @Override
    public synchronized void stop() {
        Scheduler picking = scheduler;
        if (picking != null) {
            picking.stop();
            scheduler = null;
        }
        if (watch != null) {
            watch.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    /** The database's time. */
    Instant now() {
        return clock.now();
    }

    /** Puts a job into the queue, within the transaction in which it is stored. */
    void add(Job job, Instant askedAt) {
        client.scheduleIfNotExists(new TaskInstance<>(job.kind(), store.instance(job.id())), askedAt);
    }

    /** Looks for a job to do now, and not only at the next heartbeat. */
    void lookNow() {
        Scheduler picking = scheduler;
        if (picking != null) {
            picking.triggerCheckForDueExecutions();
        }
        runner.changed();
    }

    /** Without it, each look while a job runs would leave another candidate behind, which nobody takes. */
    private final class PicksNothingWhileBusy extends AbstractSchedulerListener {

        @Override
        public void onExecutionStart(CurrentlyExecuting picked) {
            Scheduler picking = scheduler;
            if (picking != null) {
                picking.pause();
            }
        }

        @Override
        public void onExecutionComplete(ExecutionComplete picked) {
            Scheduler picking = scheduler;
            if (picking != null) {
                picking.resume();
            }
        }
    }

    /** Hears what the other nodes and their people have done. */
    private void look() {
        try {
            clock.set();
            runner.turn().ifPresent(Turn::look);
            List<String> all = store.summary();
            if (!all.equals(seen)) {
                seen = all;
                runner.changed();
            }
            away = false;
        } catch (RuntimeException databaseGone) {
            if (!away) {
                LOG.log(Level.WARNING, "the jobs cannot be read: {0}", databaseGone.getMessage());
            }
            away = true;
        }
    }
}
