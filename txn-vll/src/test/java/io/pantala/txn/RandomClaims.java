package io.pantala.txn;

import java.util.SplittableRandom;

/// Claims drawn from a seed, and whether two of them conflict, by looking at each pair.
final class RandomClaims {
  private RandomClaims() {}

  static Claims draw(SplittableRandom random, int keys) {
    Claims claims = new Claims();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      claims.add(random.nextInt(keys), random.nextInt(3) == 0);
    }
    if (random.nextInt(40) == 0) {
      claims.addShard(random.nextBoolean());
    }
    return claims;
  }

  static boolean conflict(Claims a, Claims b) {
    return shardConflicts(a, b) || shardConflicts(b, a) || keysConflict(a, b);
  }

  private static boolean shardConflicts(Claims a, Claims b) {
    return (a.isShardExclusive() && !b.isEmpty())
        || (a.isShardShared() && (b.isShardExclusive() || hasExclusiveKey(b)));
  }

  private static boolean hasExclusiveKey(Claims claims) {
    for (int i = 0; i < claims.size(); i++) {
      if (claims.isExclusive(i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean keysConflict(Claims a, Claims b) {
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        if (a.key(i) == b.key(j) && (a.isExclusive(i) || b.isExclusive(j))) {
          return true;
        }
      }
    }
    return false;
  }
}
