import { type RoomStatistics, readRoomStatistics } from './read-room-statistics.ts'

export type RoomType = 'kitchen' | 'living' | 'bedroom' | 'bathroom'

/**
 * What the rooms of the 3,827 official ALFWorld games (text 2.1.3) look like, counted from their problem files. Receptacles: class, % of games that have it,
 * weights of counts, % of instances with a door, % that share a place with another. Objects: class, % of games, weights of counts, where its
 * instances lie (% by receptacle class). Fixtures are objects that nobody can pick up. Shares below half a per cent are left out.
 */
export const roomStatistics: Readonly<Record<RoomType, RoomStatistics>> = {
  kitchen: readRoomStatistics({
    receptacles: `
      cabinet 100 2:64,4:153,6:77,8:51,9:177,10:171,11:130,12:56,13:287,15:62,16:74,18:52,19:59,20:187,21:62,23:53,26:64,27:62 81 15
      coffeemachine 100 1:1841 0 26
      countertop 100 1:353,2:701,3:609,4:178 0 23
      diningtable 54 1:752,2:153,3:94 0 0
      drawer 97 1:175,2:63,3:434,4:260,5:192,6:188,7:52,8:59,9:113,12:126,13:64,27:64 83 18
      fridge 100 1:1841 100 0
      garbagecan 100 1:1841 0 6
      microwave 100 1:1841 100 0
      safe 4 1:74 100 0
      shelf 23 3:431 0 0
      sidetable 10 1:190 0 0
      sinkbasin 100 1:1841 0 3
      stoveburner 100 4:1777,6:64 0 68
      toaster 100 1:1841 0 29
    `,
    objects: `
      apple 99 1:621,2:584,3:603,4:21 fridge:25,countertop:24,diningtable:14,garbagecan:13,microwave:13,sinkbasin:9,sidetable:2
      book 11 1:120,2:54,3:25 countertop:64,cabinet:14,diningtable:12,drawer:6,shelf:4
      bowl 100 1:642,2:633,3:552,4:12 cabinet:35,fridge:21,countertop:21,diningtable:15,sinkbasin:3,microwave:3,shelf:2
      bread 100 1:1001,2:597,3:232,4:9 countertop:56,diningtable:30,fridge:13,sidetable:1
      butterknife 95 1:669,2:638,3:442,4:5 countertop:60,diningtable:26,drawer:8,sinkbasin:6,sidetable:1
      cellphone 15 1:94,2:94,3:82 countertop:48,drawer:36,diningtable:12,shelf:4
      creditcard 13 1:70,2:71,3:94 countertop:46,drawer:34,shelf:20
      cup 100 1:676,2:575,3:549,4:33 cabinet:23,fridge:21,countertop:21,diningtable:14,sinkbasin:10,microwave:7,shelf:2,sidetable:2
      dishsponge 99 1:615,2:617,3:584,4:2 countertop:26,cabinet:24,drawer:21,diningtable:12,sinkbasin:7,garbagecan:5,shelf:3,sidetable:1
      egg 99 1:623,2:620,3:568,4:14 fridge:25,countertop:24,sinkbasin:13,garbagecan:13,microwave:12,diningtable:12,sidetable:1
      fork 98 1:636,2:626,3:536,4:7 countertop:44,diningtable:23,drawer:23,sinkbasin:9,sidetable:2
      glassbottle 27 1:170,2:158,3:164,4:3 cabinet:32,countertop:28,diningtable:11,sinkbasin:9,garbagecan:8,fridge:7,shelf:4
      kettle 49 1:408,2:332,3:166,4:4 stoveburner:42,countertop:26,cabinet:24,diningtable:7,sinkbasin:2
      knife 98 1:696,2:623,3:483,4:2 countertop:50,diningtable:24,drawer:20,sinkbasin:5,sidetable:1
      ladle 34 1:215,2:238,3:156,4:7 countertop:42,cabinet:25,drawer:17,diningtable:14,sinkbasin:2
      lettuce 98 1:758,2:627,3:409,4:5 countertop:42,diningtable:27,fridge:24,sinkbasin:5,sidetable:1,garbagecan:1
      mug 98 1:683,2:656,3:441,4:27 countertop:28,coffeemachine:17,cabinet:16,fridge:14,diningtable:10,microwave:7,sinkbasin:6,shelf:2,sidetable:1
      pan 100 1:1279,2:473,3:86 stoveburner:53,countertop:32,cabinet:7,fridge:4,diningtable:4
      papertowelroll 38 1:696 countertop:55,garbagecan:17,diningtable:15,shelf:11,sidetable:2
      pen 6 1:38,2:36,3:41 countertop:40,diningtable:35,drawer:20,garbagecan:5
      pencil 7 1:52,2:52,3:22 drawer:40,countertop:30,diningtable:20,garbagecan:10
      peppershaker 100 1:542,2:620,3:671,4:8 cabinet:33,countertop:31,diningtable:16,drawer:15,shelf:4,sidetable:2
      plate 97 1:781,2:615,3:374,4:18 cabinet:40,countertop:30,diningtable:15,fridge:10,sinkbasin:2,shelf:2
      pot 100 1:1002,2:669,3:167 stoveburner:74,countertop:14,fridge:4,diningtable:4,cabinet:3
      potato 99 1:670,2:595,3:535,4:22 countertop:28,fridge:27,diningtable:16,sinkbasin:11,microwave:10,garbagecan:6,sidetable:1
      saltshaker 100 1:653,2:603,3:574,4:11 cabinet:32,countertop:31,diningtable:17,drawer:15,shelf:3,sidetable:2
      soapbottle 99 1:652,2:637,3:540 countertop:32,cabinet:31,diningtable:20,garbagecan:11,shelf:4,sidetable:1,drawer:1
      spatula 100 1:667,2:656,3:503,4:7 countertop:45,diningtable:24,drawer:21,sinkbasin:10,sidetable:1
      spoon 99 1:626,2:626,3:561,4:3 countertop:38,drawer:28,diningtable:21,sinkbasin:11,sidetable:2
      spraybottle 6 1:42,2:48,3:28 cabinet:33,countertop:33,diningtable:22,garbagecan:12
      statue 19 1:141,2:168,3:41 countertop:55,shelf:42,diningtable:4
      tomato 100 1:626,2:596,3:587,4:22 fridge:33,countertop:30,diningtable:19,garbagecan:9,sinkbasin:7,sidetable:2
      vase 19 2:185,3:165 countertop:33,cabinet:33,shelf:32,diningtable:2
      winebottle 40 1:267,2:233,3:239,4:4 countertop:37,cabinet:25,diningtable:24,garbagecan:9,shelf:3,fridge:2
    `,
    fixtures: `
      houseplant 39 1:663,2:62 countertop:80,diningtable:20
    `,
  }),
  living: readRoomStatistics({
    receptacles: `
      armchair 92 1:285,2:170,3:11 0 0
      cabinet 18 1:21,4:47,8:21 94 12
      coffeetable 81 1:319,2:88 0 0
      desk 1 1:7 0 0
      diningtable 47 1:195,2:42 0 7
      drawer 78 1:70,2:21,4:168,5:11,6:17,7:64,8:11,12:12,21:21 96 15
      dresser 39 1:188,2:11 0 0
      garbagecan 100 1:505 0 3
      ottoman 12 1:61 0 0
      safe 4 1:18 100 39
      shelf 38 1:34,2:28,3:7,4:16,5:4,6:16,8:41,12:11,13:21,14:15 0 12
      sidetable 82 1:166,2:115,3:114,5:21 0 2
      sofa 100 1:409,2:96 0 0
      tvstand 34 1:142,2:31 0 35
    `,
    objects: `
      book 26 1:62,2:41,3:27,4:3 coffeetable:29,dresser:24,sofa:16,armchair:11,sidetable:9,diningtable:9,drawer:2,tvstand:1
      bowl 11 1:23,2:20,3:10,4:1 diningtable:39,coffeetable:27,tvstand:19,sidetable:8,shelf:7
      box 86 1:295,2:111,3:29 diningtable:25,sofa:24,coffeetable:22,sidetable:8,cabinet:6,dresser:4,shelf:4,armchair:3,tvstand:3
      candle 9 1:8,2:9,3:29 sidetable:41,coffeetable:28,diningtable:20,tvstand:6,drawer:3,dresser:2
      cellphone 23 1:43,2:36,3:38,4:1 dresser:20,sidetable:16,coffeetable:15,sofa:13,drawer:12,diningtable:8,armchair:7,ottoman:3,shelf:3,tvstand:2,desk:1,safe:1
      creditcard 100 1:139,2:167,3:185,4:14 sofa:19,coffeetable:14,armchair:13,drawer:13,sidetable:11,diningtable:9,tvstand:7,dresser:7,shelf:6,ottoman:1
      keychain 92 1:203,2:167,3:91,4:3 coffeetable:19,sidetable:16,drawer:16,sofa:12,armchair:8,tvstand:7,diningtable:7,dresser:6,shelf:5,ottoman:1
      laptop 100 1:331,2:134,3:39,4:1 sofa:27,coffeetable:24,diningtable:21,dresser:9,sidetable:7,armchair:5,tvstand:5,ottoman:2
      newspaper 63 1:118,2:108,3:78,4:12 sofa:20,coffeetable:17,diningtable:16,sidetable:14,shelf:11,dresser:9,armchair:7,tvstand:3,drawer:2,ottoman:1,cabinet:1
      pen 19 1:31,2:33,3:33,4:1 coffeetable:34,sidetable:22,dresser:21,tvstand:6,drawer:6,garbagecan:4,diningtable:4,shelf:4
      pencil 16 1:29,2:24,3:27,4:2 sidetable:33,coffeetable:29,drawer:10,dresser:7,garbagecan:6,tvstand:6,shelf:5,diningtable:4
      pillow 100 1:436,2:65,3:4 sofa:78,armchair:22
      plate 34 1:78,2:68,3:28 diningtable:50,coffeetable:23,shelf:13,sidetable:11,tvstand:2,dresser:1
      remotecontrol 98 1:170,2:179,3:125,4:19 coffeetable:23,sofa:19,sidetable:13,diningtable:10,dresser:9,armchair:8,tvstand:8,drawer:4,shelf:3,ottoman:1
      statue 96 1:130,2:176,3:154,4:6,7:21 coffeetable:25,shelf:20,diningtable:20,sidetable:19,tvstand:8,dresser:8
      tissuebox 35 1:51,2:61,3:63,4:4 coffeetable:34,sidetable:19,diningtable:19,shelf:11,tvstand:7,dresser:3,drawer:3,cabinet:3,garbagecan:2
      vase 50 1:36,2:55,3:94,4:48,6:21 shelf:36,coffeetable:19,diningtable:14,sidetable:11,dresser:10,tvstand:6,cabinet:2,safe:1
      watch 51 1:67,2:95,3:93,4:2 coffeetable:25,drawer:21,sidetable:19,dresser:11,diningtable:10,tvstand:10,shelf:4,safe:1
      wateringcan 9 1:26,2:12,3:6 coffeetable:53,shelf:38,sidetable:9
    `,
    fixtures: `
      desklamp 25 1:126 sidetable:91,coffeetable:9
      houseplant 65 1:328 sidetable:52,coffeetable:26,dresser:11,diningtable:6,tvstand:5
      television 70 1:351 tvstand:45,dresser:43,coffeetable:9,sidetable:3
    `,
  }),
  bedroom: readRoomStatistics({
    receptacles: `
      armchair 18 1:88,2:23,3:33 0 0
      bed 100 1:666,2:120 0 0
      cabinet 15 1:31,2:33,4:56 100 34
      countertop 3 1:23 0 0
      desk 71 1:470,2:88 0 5
      diningtable 12 1:97 0 0
      drawer 96 2:182,3:98,4:64,5:100,6:77,8:33,10:60,11:64,13:31,16:19,17:28 80 29
      dresser 44 1:299,2:50 0 27
      garbagecan 100 1:786 0 0
      laundryhamper 30 1:234 0 0
      safe 20 1:154 79 0
      shelf 69 1:181,2:85,5:93,6:55,7:29,8:18,9:31,12:25,14:25 0 17
      sidetable 64 1:349,2:150 0 8
    `,
    objects: `
      alarmclock 100 1:377,2:252,3:141,4:12 desk:34,shelf:22,sidetable:18,dresser:17,diningtable:7,countertop:1
      book 100 1:329,2:253,3:184,4:19 bed:52,desk:19,drawer:12,dresser:4,sidetable:4,cabinet:2,diningtable:2,armchair:2,shelf:2
      bowl 48 1:218,2:105,3:43,4:7 desk:45,shelf:30,dresser:13,diningtable:6,sidetable:4,countertop:2
      box 8 1:64,2:2 desk:57,shelf:43
      cd 93 1:283,2:222,3:213,4:12 drawer:28,desk:21,dresser:13,sidetable:12,garbagecan:8,shelf:7,diningtable:6,cabinet:2,armchair:2
      cellphone 100 1:245,2:263,3:256,4:22 bed:29,desk:17,drawer:17,dresser:10,sidetable:10,shelf:8,diningtable:3,safe:3,armchair:3,cabinet:1
      creditcard 100 1:251,2:262,3:267,4:6 drawer:30,desk:18,shelf:18,sidetable:15,dresser:11,diningtable:3,armchair:3,countertop:1
      keychain 98 1:255,2:271,3:234,4:7 drawer:26,desk:18,shelf:16,sidetable:15,dresser:13,safe:5,diningtable:4,armchair:2,cabinet:1
      laptop 100 1:405,2:282,3:97,4:2 bed:74,desk:19,dresser:4,diningtable:2,armchair:1,countertop:1
      mug 52 1:161,2:138,3:106 desk:38,shelf:19,sidetable:14,dresser:14,diningtable:9,cabinet:4,countertop:1
      pen 100 1:226,2:272,3:278,4:10 desk:28,drawer:19,shelf:16,dresser:14,sidetable:14,diningtable:6,garbagecan:2,countertop:1
      pencil 100 1:257,2:270,3:245,4:12 desk:24,drawer:18,shelf:18,sidetable:17,dresser:11,diningtable:6,garbagecan:5,countertop:1
      pillow 100 1:330,2:368,3:85,4:3 bed:99,armchair:1
      remotecontrol 12 1:34,2:34,3:22 drawer:34,desk:29,sidetable:14,countertop:8,armchair:6,diningtable:5,dresser:3,shelf:1
      statue 14 1:73,2:27,3:10 shelf:44,dresser:26,desk:25,sidetable:5
      teddybear 26 1:204 bed:100
      tissuebox 13 1:42,2:35,3:25,4:2 desk:38,drawer:25,diningtable:15,shelf:12,sidetable:9,dresser:2
      vase 6 1:8,2:21,3:12,4:3 shelf:45,dresser:35,desk:11,sidetable:9
      watch 7 1:13,2:24,3:14,4:2 drawer:31,shelf:20,diningtable:16,desk:15,dresser:12,sidetable:6
    `,
    fixtures: `
      desklamp 72 1:534,2:32 desk:37,sidetable:26,dresser:23,shelf:14
      houseplant 22 1:177 shelf:43,desk:32,cabinet:16,dresser:9
      television 3 1:23 dresser:100
    `,
  }),
  bathroom: readRoomStatistics({
    receptacles: `
      bathtubbasin 66 1:455 0 0
      cabinet 46 2:15,3:27,4:219,5:34,9:25 98 27
      cart 8 1:57 0 0
      countertop 86 1:501,2:98 0 0
      drawer 56 1:53,2:55,4:114,6:53,8:113 87 40
      dresser 8 1:56 0 48
      garbagecan 100 1:695 0 6
      handtowelholder 100 1:391,2:275,4:29 0 3
      shelf 25 1:74,2:45,3:28,4:27 0 0
      sidetable 6 1:41 0 0
      sinkbasin 100 1:350,2:345 0 0
      toilet 100 1:695 0 0
      toiletpaperhanger 100 1:695 0 3
      towelholder 100 1:486,2:209 0 3
    `,
    objects: `
      candle 97 1:253,2:240,3:174,4:10 countertop:31,toilet:30,cabinet:14,drawer:13,shelf:7,sidetable:2,cart:2,dresser:1
      cloth 100 1:254,2:228,3:198,4:12 bathtubbasin:29,cabinet:21,countertop:16,drawer:15,sinkbasin:8,shelf:4,toilet:3,cart:2,dresser:1
      dishsponge 22 1:41,2:57,3:48,4:10 countertop:19,drawer:19,bathtubbasin:19,sinkbasin:11,shelf:9,toilet:8,cart:6,cabinet:5,garbagecan:4
      handtowel 100 1:558,2:135,3:1,4:1 handtowelholder:96,countertop:4
      papertowelroll 12 1:87 countertop:34,toilet:32,shelf:16,garbagecan:12,cart:6
      soapbar 97 1:248,2:211,3:189,4:28 countertop:20,toilet:16,sinkbasin:15,cabinet:12,bathtubbasin:12,drawer:11,garbagecan:7,shelf:4,sidetable:2,cart:1
      soapbottle 96 1:261,2:238,3:161,4:11 countertop:30,toilet:23,cabinet:21,shelf:9,garbagecan:9,drawer:3,dresser:2,sidetable:1,cart:1
      spraybottle 100 1:239,2:216,3:223,4:17 countertop:32,toilet:26,cabinet:17,garbagecan:10,shelf:7,cart:4,sidetable:3,dresser:2
      tissuebox 24 1:73,2:50,3:39,4:8 countertop:35,shelf:30,drawer:20,cabinet:5,cart:4,sidetable:4,toilet:2
      toiletpaper 99 1:158,2:393,3:129,4:8 toilet:24,countertop:22,cabinet:12,toiletpaperhanger:12,drawer:11,garbagecan:9,shelf:5,dresser:2,cart:2,sidetable:1
      towel 100 1:601,2:94 towelholder:98,countertop:2
    `,
    fixtures: `
      houseplant 4 1:28 sidetable:100
    `,
  }),
}
