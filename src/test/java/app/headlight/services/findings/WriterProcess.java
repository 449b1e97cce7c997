package app.headlight.services.findings;

import app.headlight.Databases;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A program that writes findings from four threads until it is killed, and says a line of each write once that was
 * acknowledged: {@code java … WriterProcess URL ACCOUNT ROUND [WRITES]}. The database is migrated already.
 */
final class WriterProcess {

    static final int THREADS = 4;

    private WriterProcess() {}

    public static void main(String[] arguments) throws Exception {
        long most = arguments.length > 3 ? Long.parseLong(arguments[3]) : Long.MAX_VALUE;
        Account member = new Account(Long.parseLong(arguments[1]), "Writer", Role.MEMBER);
        Node node = new Node(Databases.pool(arguments[0]));
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<? extends Future<?>> all = IntStream.range(0, THREADS)
                    .mapToObj(thread -> threads.submit(() -> {
                        for (long i = 0; i < most; i++) {
                            String written = write(node, member, arguments[2] + "-" + thread + "-" + i);
                            synchronized (System.out) {
                                System.out.println(written);
                                System.out.flush();
                            }
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        node.close();
        System.exit(0);
    }

    /** Adds a finding, edits it and comments on it; @return the comment's text, once all three are acknowledged. */
    static String write(Node node, Account member, String name) {
        long id = node.findings.add(member, Node.content(name, "L0H0")).id();
        node.findings.edit(member, id, 1, Node.content(name + " edited", "L0H1"));
        node.discussion.comment(member, id, "acknowledged " + name + " .");
        return "acknowledged " + name + " .";
    }
}
