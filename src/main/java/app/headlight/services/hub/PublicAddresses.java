package app.headlight.services.hub;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are of the public internet: not those of this machine, of a network behind it, or of a special use,
 * by the registries of IANA (RFC 6890). Of IPv6 only global unicast addresses are, and what NAT64 translates into a
 * public address of IPv4.
 */
final class PublicAddresses {

    private static final List<Block> NOT_PUBLIC = Block.all(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    private PublicAddresses() {}

    static boolean has(InetAddress address) {
        return has(address.getAddress());
    }

    private static boolean has(byte[] address) {
        if (NAT64.has(address)) {
            return has(Arrays.copyOfRange(address, 12, 16));
        }
        boolean isOfIpv4 = address.length == 4;
        return (isOfIpv4 || GLOBAL_UNICAST.has(address)) && NOT_PUBLIC.stream().noneMatch(block -> block.has(address));
    }

    /** The addresses of one kind that begin with the same bits. */
    private record Block(byte[] begin, int bits) {

        static Block of(String text) {
            String[] parts = text.split("/");
            try {
                return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException noName) {
                throw new IllegalStateException(noName);
            }
        }

        static List<Block> all(String... texts) {
            return Arrays.stream(texts).map(Block::of).toList();
        }

        boolean has(byte[] address) {
            if (address.length != begin.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (begin[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
