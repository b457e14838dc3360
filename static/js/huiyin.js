// huiyin.js
